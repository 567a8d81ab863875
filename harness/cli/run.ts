import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { conformance } from '../../jest.config';
import { colour } from './colour';
import { exitCodeOf } from '../../reports/compare';
import { changesAsText } from '../../reports/formats/changes-text';
import { currentPlatform, LABS, type Lab } from '../platform/current';
import type { OptIn } from '../rules/rule';
import { select, withLeave } from '../rules/selection';
import { EXIT } from '../rules/verdict';
import { EvidenceFile } from '../run/evidence-file';
import { Recorder } from '../run/recorder';
import { conformanceOf } from '../run/conformance';
import { currentSession, startSession } from '../run/session';
import { defectsOf } from './defects';
import { readExpectations } from './expectations';
import { Printer } from './printer';
import { writable } from './output';
import { formatsOf, onGitHub, publish, withdraw } from './publish';
import { openRecord } from './record';
import { suiteFaults } from './reporter';
import { loadSuite, ROOT } from '../run/suite';
import { UsageError } from './usage';

export interface RunOptions {
  readonly output: string;
  readonly strict: boolean;
  readonly slow: boolean;
  readonly allowCrash: boolean;
  readonly seed?: number;
  readonly expect?: string;
  readonly format?: string;
  readonly baseline?: string;
  readonly lab?: string;
  readonly quiet: boolean;
  /** The same tests run in the same order, and what jest takes to start is spared. */
  readonly withoutJest?: boolean;
  readonly defect: readonly string[];
}

/**
 * Runs the rules through jest in this process and returns the exit code.
 * @throws UsageError, SelectionError before anything has run
 */
export async function run(selectors: readonly string[], options: RunOptions): Promise<number> {
  const suite = loadSuite();
  const { rules, waiting } = withLeave(select(suite.rules, selectors), leaveOf(options));
  const own = options.expect === undefined ? [] : readExpectations(options.expect, suite);
  const output = writable(options.output);
  const formats = formatsOf(options.format);
  const baseline = options.baseline === undefined ? undefined : openRecord(options.baseline);
  const seeded = defectsOf(options.defect);
  const platform = currentPlatform();
  const lab = options.lab === undefined ? platform.usualLab : labOf(options.lab);
  platform.enterPrivileged();

  const machine = platform.machine();
  const evidence = new EvidenceFile();
  const seed = options.seed ?? randomInt(2 ** 32);
  const expectations = {
    // The user's own come first: they describe the user's own build.
    deviations: [...own, ...suite.deviations],
    build: { platform: platform.name, kernel: machine.kernel, libc: machine.libc },
    strict: options.strict,
  };
  withdraw(output, formats);
  const recorder = new Recorder(
    output,
    { selectors, seed, strict: options.strict, lab, defects: seeded.map(({ id }) => id) },
    rules,
    suite.catalogue,
    expectations,
    suite.sections,
    machine,
    evidence,
  );
  const printer = new Printer(process.stdout, rules.length, options.quiet);
  /** Writes everything and prints the conclusion; returns the exit code. */
  const end = (interrupted?: { readonly by: string; readonly exitCode: number }): number => {
    const publication = publish(recorder.finish(interrupted), output, formats, baseline);
    const { report, changes, files } = publication;
    process.stdout.write(onGitHub(publication, process.env));
    if (changes !== undefined) process.stdout.write(`${changesAsText(changes, colour.isColorSupported)}\n`);
    printer.end(report, output, files);
    // Against a baseline the changes decide: what failed before is not held against a patch.
    if (changes !== undefined && interrupted === undefined) return exitCodeOf(changes);
    return report.run.exitCode ?? EXIT.suite;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.exit(end({ by: signal, exitCode: EXIT.interrupted }));
    });
  }
  printer.start(machine, lab, seed, waiting);

  startSession({
    selected: new Set(rules.map(({ id }) => id)),
    lab,
    seed,
    defects: seeded,
    evidence,
    ready: ({ offloads }) => {
      recorder.laboratory(offloads);
    },
    finished: (rule, outcome) => {
      printer.result(recorder.finished(rule, outcome), outcome.finding);
    },
  });

  await (options.withoutJest === true ? runWithoutJest() : runJest());
  const faults = suiteFaults();
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  return end(faults.length === 0 ? undefined : { by: 'an error in the suite', exitCode: EXIT.suite });
}

function leaveOf({ slow, allowCrash }: RunOptions): ReadonlySet<OptIn> {
  return new Set<OptIn>([
    ...(slow ? ['slow' as const] : []),
    ...(allowCrash ? ['allow-crash' as const] : []),
  ]);
}

async function runWithoutJest(): Promise<void> {
  const { open, sections, close } = conformanceOf(currentSession(), loadSuite());
  await open();
  // What a test throws is for jest; the session has been told.
  for (const { run } of sections.flatMap(({ tests }) => tests)) await run().catch(() => undefined);
  close();
}

async function runJest(): Promise<void> {
  const { runCLI } = await import('@jest/core');
  await runCLI(
    {
      _: [],
      $0: 'rfc3542',
      // As text, jest need not compile its configuration again.
      config: JSON.stringify({ ...conformance, rootDir: ROOT }),
      runInBand: true,
      watchman: false,
      reporters: [join(__dirname, 'reporter.ts')],
      passWithNoTests: true,
    },
    [ROOT],
  );
}

function labOf(name: string): Lab {
  const lab = LABS.find((candidate) => candidate === name);
  if (lab === undefined)
    throw new UsageError(`There is no laboratory ${JSON.stringify(name)}. There are ${LABS.join(', ')}.`);
  return lab;
}
