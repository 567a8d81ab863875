import { basename, join, relative, resolve } from 'node:path';
import { compare, exitCodeOf, summaryOf } from '../../reports/compare';
import { changesAsText } from '../../reports/formats/changes-text';
import { matrixAsHtml } from '../../reports/formats/html/matrix';
import { matrixAsMarkdown } from '../../reports/formats/matrix-markdown';
import { headlineOf } from '../../reports/headline';
import { matrixOf, readColumns } from '../../reports/matrix';
import { readReport } from '../../reports/read';
import type { Report } from '../../reports/report';
import { plural } from '../../reports/text';
import { UnwritableFile, writeAtomically } from '../../reports/write';
import { qualifyBuild, type Outcome, type Subject } from '../boot/build';
import { BuildError } from '../boot/errors';
import { imageOf } from '../boot/image';
import { hostSysroot, openSysroot, type Sysroot } from '../boot/sysroot';
import { defects } from '../defects';
import type { Patches } from '../lab/headers';
import { writeProbe } from '../platform/linux/c-probe';
import type { PlacedRule } from '../rules/rule';
import { select } from '../rules/selection';
import { EXIT } from '../rules/verdict';
import { EvidenceFile } from '../run/evidence-file';
import { Recorder, RECORD_NAME } from '../run/recorder';
import { loadSuite, ROOT, type Suite } from '../run/suite';
import { colour } from './colour';
import { defectsOf } from './defects';
import { writable } from './output';
import { missing } from './printer';
import { openRecord } from './record';
import { UsageError } from './usage';

export interface QualifyOptions {
  readonly kernel?: string;
  readonly modules?: string;
  readonly append: string;
  readonly deb: readonly string[];
  readonly sysroot?: string;
  readonly output: string;
  readonly baseline?: string;
  readonly prove: boolean;
  readonly strict: boolean;
  readonly slow: boolean;
  readonly seed: number;
  readonly defect: readonly string[];
  readonly accelerator: 'auto' | 'kvm' | 'tcg';
  readonly bootLimit: number;
  readonly runLimit: number;
}

/** As many builds at a time. */
const TOGETHER = 2;

interface Qualified {
  readonly name: string;
  readonly folder: string;
  readonly exitCode: number;
  /** Where there is one: a build that could not be booted at all has none. */
  readonly report?: Report;
}

/**
 * Boots each build, runs the suite inside, and writes a record for each and the matrix of all. The exit code is the worst of
 * the builds: 1 where one fails unexpectedly (or, against a baseline, regressed), 3 where one is incomplete.
 * @throws UsageError, SelectionError before anything has booted
 */
export async function qualify(
  selectors: readonly string[],
  options: QualifyOptions,
  out: (text: string) => void,
): Promise<number> {
  const suite = loadSuite();
  const rules = select(suite.rules, selectors);
  defectsOf(options.defect);
  const subjects = subjectsOf(options);
  const output = writable(options.output);
  const baseline =
    options.baseline === undefined || options.baseline === 'first' ? undefined : openRecord(options.baseline);
  const sysroot = options.sysroot === undefined ? hostSysroot(ROOT) : openSysroot(options.sysroot);
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interruption.abort();
      process.exit(EXIT.interrupted);
    });
  }
  const image = (): string =>
    imageOf({
      root: ROOT,
      sysroot,
      variant: options.prove ? 'prove' : 'run',
      writeProbes: (folder) => {
        writeProbes(folder, suite, sysroot, options.prove);
      },
    });
  const names = new Set<string>();
  const qualified: Qualified[] = [];
  const queue = [...subjects.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, subject] = next;
      qualified[index] = await one(subject);
    }
  };
  await Promise.all(Array.from({ length: Math.min(TOGETHER, subjects.length) }, worker));

  async function one(subject: Subject): Promise<Qualified> {
    const name = uniqueName(names, subject);
    const folder = join(output, name);
    const started = Date.now();
    const say = (what: string): void => {
      out(
        `${colour.dim(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s`)}  ${name}: ${what}\n`,
      );
    };
    try {
      const outcome = await qualifyBuild(
        subject,
        {
          sysroot,
          image,
          args: argumentsOf(selectors, options),
          append: options.append,
          accelerator: options.accelerator,
          limits: { boot: options.bootLimit * 1000, run: options.runLimit * 1000 },
        },
        interruption.signal,
        say,
      );
      const result = keep(name, folder, outcome, suite, rules, selectors, options);
      say(
        result.report === undefined
          ? `ended with ${String(result.exitCode)}`
          : headlineOf(result.report).title,
      );
      if (result.report !== undefined) for (const line of missing(result.report)) out(`${line}\n`);
      if (outcome.broken !== undefined)
        out(`${outcome.broken.why}\n${outcome.broken.console.replaceAll(/^/gm, '  | ')}\n`);
      return result;
    } catch (error) {
      if (!(error instanceof BuildError || error instanceof UnwritableFile)) throw error;
      say(error.message);
      return { name, folder, exitCode: EXIT.incomplete };
    }
  }

  return conclude(qualified, output, baseline, options, out);
}

function subjectsOf({ kernel, modules, deb }: QualifyOptions): readonly Subject[] {
  const subjects: Subject[] = [
    ...(kernel === undefined
      ? []
      : [{ kernel: resolve(kernel), modules: modules === undefined ? undefined : resolve(modules) }]),
    ...deb.map((named) => ({ package: named })),
  ];
  if (subjects.length === 0)
    throw new UsageError(
      'There is nothing to boot. Name a kernel with --kernel PATH, or packages with --deb PATH-OR-PACKAGE….',
    );
  return subjects;
}

function uniqueName(names: Set<string>, subject: Subject): string {
  const plain = (
    'package' in subject
      ? basename(subject.package.replaceAll('/', ' of ').replace(/^.* of (?=\S*\.deb$)/, ''), '.deb')
      : basename(subject.kernel)
  )
    .replaceAll(' of ', '-')
    .replaceAll(/[^\w.+~-]/g, '-');
  let name = plain;
  for (let number = 2; names.has(name); number += 1) name = `${plain}-${String(number)}`;
  names.add(name);
  return name;
}

function argumentsOf(
  selectors: readonly string[],
  { prove, strict, slow, seed, defect }: QualifyOptions,
): string[] {
  const seeded = defect.flatMap((id) => ['--defect', id]);
  return prove
    ? ['prove', ...selectors, '--json', '--seed', String(seed), ...seeded]
    : [
        ...['run', ...selectors, '--without-jest', '--quiet', '--format', 'none', '--seed', String(seed)],
        ...(strict ? ['--strict'] : []),
        ...(slow ? ['--slow'] : []),
        ...seeded,
      ];
}

/** Answers for every question of every rule, and where the suite is proved, under every defect of a header too. */
function writeProbes(folder: string, { rules }: Suite, { compiler }: Sysroot, proved: boolean): void {
  const questions = rules.flatMap(({ asks = [] }) => asks);
  const patched: readonly Patches[] = proved
    ? defects.flatMap(({ seed }) => ('headers' in seed ? [seed.headers] : []))
    : [];
  for (const patches of [{}, ...patched]) writeProbe(folder, questions, patches, compiler);
}

/** Writes what a guest handed back, or a record that says what became of it. */
function keep(
  name: string,
  folder: string,
  { frames, broken, kernel, label }: Outcome,
  suite: Suite,
  rules: readonly PlacedRule[],
  selectors: readonly string[],
  options: QualifyOptions,
): Qualified {
  writable(folder);
  for (const frame of frames)
    if (frame.kind === 'file')
      writeAtomically(join(folder, basename(frame.name)), (write) => {
        write(frame.data);
      });
  const ended = frames.find((frame) => frame.kind === 'ended');
  if (broken !== undefined || ended === undefined)
    return { name, folder, exitCode: EXIT.incomplete, report: brokenRecord() };
  if (options.prove) {
    writeAtomically(join(folder, 'proof.json'), ended.printed);
    return { name, folder, exitCode: ended.exitCode };
  }
  const record = join(folder, RECORD_NAME);
  if (!frames.some((frame) => frame.kind === 'file' && frame.name === RECORD_NAME)) {
    writeAtomically(join(folder, 'printed.txt'), ended.printed);
    return { name, folder, exitCode: ended.exitCode };
  }
  return { name, folder, exitCode: ended.exitCode, report: readReport(record) };

  function brokenRecord(): Report {
    const why = broken?.why ?? 'The guest ended without a word.';
    const recorder = new Recorder(
      folder,
      { selectors, seed: options.seed, strict: options.strict, lab: 'link', defects: options.defect },
      rules,
      suite.catalogue,
      {
        deviations: [],
        build: { platform: 'linux', kernel: kernel.release ?? '', libc: 'unknown' },
        strict: options.strict,
      },
      suite.sections,
      {
        system: 'linux',
        build: label,
        kernel: kernel.release ?? 'unknown',
        architecture: kernel.architecture,
        node: options.sysroot === undefined ? process.version : 'unknown',
        ...{ libc: 'unknown', privileges: 'root', libpcap: 'unknown' },
      },
      new EvidenceFile(),
    );
    const packets = { first: 1, count: 0 };
    for (const { id } of rules)
      recorder.finished(id, {
        finding: { kind: 'broken', reason: why, suite: false },
        duration: 0,
        packets,
        figures: {},
      });
    return recorder.finish({
      by: `${why} The last lines of its console:\n${broken?.console ?? ''}`,
      exitCode: EXIT.incomplete,
    });
  }
}

function conclude(
  qualified: readonly Qualified[],
  output: string,
  baseline: Report | undefined,
  options: QualifyOptions,
  out: (text: string) => void,
): number {
  const codes = qualified.map(({ exitCode }) => exitCode);
  if (!options.prove) {
    const files = qualified.flatMap(({ folder, report }) =>
      report === undefined ? [] : [join(folder, RECORD_NAME)],
    );
    if (files.length > 0) for (const path of writeMatrix(files, output)) out(`${relative('.', path)}\n`);
    const before = options.baseline === 'first' ? qualified[0]?.report : baseline;
    if (before !== undefined) {
      for (const [index, { name, report }] of qualified.entries()) {
        if (report === undefined || report === before) continue;
        const comparison = compare(before, report);
        codes[index] = exitCodeOf(comparison);
        out(`\n${name}: ${summaryOf(comparison)}\n${changesAsText(comparison, colour.isColorSupported)}\n`);
      }
    }
  }
  const worst =
    [EXIT.suite, EXIT.unexpected, EXIT.incomplete].find((code) => codes.includes(code)) ?? EXIT.expected;
  out(
    `${worst === EXIT.expected ? colour.green('AS EXPECTED') : colour.yellow(`exit code ${String(worst)}`)}: ${plural(qualified.length, 'build')}\n`,
  );
  return worst;
}

/** The matrix of all builds. */
function writeMatrix(files: readonly string[], output: string): readonly string[] {
  const matrix = matrixOf(readColumns(files));
  const [markdown, html] = [join(output, 'matrix.md'), join(output, 'matrix.html')];
  writeAtomically(markdown, matrixAsMarkdown(matrix));
  writeAtomically(html, matrixAsHtml(matrix));
  return [markdown, html];
}
