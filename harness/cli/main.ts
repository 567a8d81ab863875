import { Command, InvalidArgumentError, Option } from 'commander';
import { colour } from './colour';
import { FORMAT_NAMES } from '../../reports/formats/names';
import { UnwritableFile, unwritable, writeAtomically } from '../../reports/write';
import { BuildError } from '../boot/errors';
import type { Architecture } from '../boot/kernel';
import { SelectionError } from '../rules/selection';
import { EXIT } from '../rules/verdict';
import type { ComparisonFormat } from './compare';
import type { MatrixFormat } from './matrix';
import type { ProveOptions } from './prove';
import type { QualifyOptions } from './qualify';
import type { Answer } from './record';
import type { ReportFormat } from './report';
import type { RunOptions } from './run';
import { UsageError } from './usage';

// Each action loads what it needs: most commands need little of the suite, and loading is most of their time.

const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  // Beyond, the record would not hold the number that was typed.
  if (!Number.isSafeInteger(Number(text))) throw new InvalidArgumentError('It is too large.');
  return Number(text);
};

/** Where the command writes: a process's own streams, or a test's. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs one command line and returns its exit code. Nothing is thrown. */
export async function command(args: readonly string[], { out, err }: Streams): Promise<number> {
  let exitCode: number = EXIT.expected;
  const program = new Command('rfc3542')
    .description('Tells whether this operating system keeps the promises of RFC 3542 to raw ICMPv6 sockets.')
    .showHelpAfterError('"rfc3542 --help" shows what there is.')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });

  program
    .command('run', { isDefault: true })
    .description('Run the rules, print what came out, and write the record.')
    .argument('[selectors...]', 'ids or beginnings of ids, with * for anything: 3, 3.2, "3.1.sendto-*"')
    .option('-o, --output <folder>', 'where the record and the packets go', 'reports/out')
    .option('--strict', 'a failed "should" turns the run red too', false)
    .option('--slow', 'also the rules that take seconds by their nature', false)
    .option('--allow-crash', 'also the rules that can crash a host that has the defect they look for', false)
    .option('--seed <number>', 'seed of the random contents, as an earlier run printed it', whole)
    .option('--expect <file>', 'deviations of your own system, as JSON')
    .option('--format <names>', `what is written beside the record: ${FORMAT_NAMES.join(',')}, or none`)
    .option('--baseline <file>', 'the record of an earlier run: what changed decides the exit code')
    .option('--lab <name>', 'the laboratory: link (usual on Linux), tun (usual on Windows) or loopback')
    .option('--defect <id...>', 'seed a defect into the host, to see rules fail', [])
    .option('-q, --quiet', 'print failures and the last line only', false)
    .addOption(new Option('--without-jest').hideHelp())
    .action(async (selectors: string[], options: RunOptions) => {
      const { run } = await import('./run');
      exitCode = await run(selectors, options);
    });

  program
    .command('prove')
    .description('Run the rules under every seeded defect, and say which rule sees which.')
    .argument('[selectors...]', 'as for run')
    .option('--defect <id...>', 'these defects only', [])
    .option('--seed <number>', 'seed of the random contents', whole, 3542)
    .option('-o, --output <folder>', 'where the kill matrix goes', 'reports/out')
    .option('--json', 'print the kill matrix as JSON and write nothing', false)
    .action(async (selectors: string[], options: ProveOptions) => {
      const { proveSuite } = await import('./prove');
      exitCode = await proveSuite(selectors, options, out);
    });

  program
    .command('qualify')
    .description('Boot kernels in QEMU, run the suite in each, and show the builds side by side.')
    .argument('[selectors...]', 'as for run')
    .option('--kernel <path>', 'a kernel image')
    .option(
      '--modules <folder>',
      'its modules, as /lib/modules/RELEASE; without, all that is needed is built in',
    )
    .option('--append <parameters>', 'further parameters of the kernel', '')
    .option('--deb <packages...>', 'kernel packages: paths, names, or names with a release: NAME/RELEASE', [])
    .option('--sysroot <folder>', 'for kernels of another architecture, what "sysroot" has made')
    .option('-o, --output <folder>', 'where the records and the matrix go', 'reports/out/builds')
    .option('--baseline <file>', 'a record, or "first": what changed since decides the exit code')
    .option('--prove', 'prove the suite inside instead of running it', false)
    .option('--strict', 'a failed "should" turns the run red too', false)
    .option('--slow', 'also the rules that take seconds by their nature', false)
    .option('--seed <number>', 'seed of the random contents', whole, 3542)
    .option('--defect <id...>', 'seed a defect into the host, to see rules fail', [])
    .addOption(
      new Option('--accelerator <name>', 'how the processor is had')
        .choices(['auto', 'kvm', 'tcg'])
        .default('auto'),
    )
    .option('--boot-limit <seconds>', 'until the suite starts', whole, 180)
    .option('--run-limit <seconds>', 'until the suite ends', whole, 1800)
    .action(async (selectors: string[], options: QualifyOptions) => {
      const { qualify } = await import('./qualify');
      exitCode = await qualify(selectors, options, out);
    });

  program
    .command('sysroot')
    .description('Make a folder with what "qualify" needs for kernels of another architecture.')
    .argument('<folder>', 'one that does not exist yet, or is empty')
    .addOption(
      new Option('--architecture <name>', 'which one')
        .choices(['arm64', 'x64'] satisfies Architecture[])
        .default('arm64'),
    )
    .action(async (folder: string, options: { architecture: Architecture }) => {
      const { sysroot } = await import('./sysroot');
      await sysroot(folder, options, out);
    });

  program
    .command('list')
    .description('List the rules without running any.')
    .argument('[selectors...]', 'as for run')
    .option('--json', 'as JSON', false)
    .option('--coverage', 'requirements covered, by section', false)
    .action(async (selectors: string[], options: { json: boolean; coverage: boolean }) => {
      const { list } = await import('./list');
      out(list(selectors, options));
    });

  program
    .command('show')
    .description('Show everything about a rule.')
    .argument('<id>', 'the id of a rule')
    .action(async (id: string) => {
      const { show } = await import('./show');
      out(show(id));
    });

  const give = ({ output, exitCode: code }: Answer, file: string | undefined): void => {
    if (file === undefined) out(output);
    else writeAtomically(file, output);
    exitCode = code;
  };

  program
    .command('report')
    .description('Show the record of an earlier run again, in any format.')
    .argument('<file>', 'a record, such as reports/out/report.json')
    .addOption(new Option('--format <name>', 'how').choices(['text', ...FORMAT_NAMES]).default('text'))
    .option('-o, --output <file>', 'where to, instead of the standard output')
    .action(async (file: string, options: { format: ReportFormat; output?: string }) => {
      const { reportOfFile } = await import('./report');
      const colors = colour.isColorSupported && options.output === undefined;
      give(reportOfFile(file, { format: options.format, colors }), options.output);
    });

  program
    .command('compare')
    .description('Tell what changed from one record to another; exits 1 when something regressed.')
    .argument('<before>', 'the record of the earlier run')
    .argument('<after>', 'the record of the later run')
    .addOption(
      new Option('--format <name>', 'how')
        .choices(['text', 'markdown', 'json', 'html'] satisfies ComparisonFormat[])
        .default('text'),
    )
    .option('-o, --output <file>', 'where to, instead of the standard output')
    .action(async (before: string, after: string, options: { format: ComparisonFormat; output?: string }) => {
      const { compareFiles } = await import('./compare');
      const colors = colour.isColorSupported && options.output === undefined;
      give(compareFiles(before, after, { format: options.format, colors }), options.output);
    });

  program
    .command('matrix')
    .description('Show many records side by side: builds as columns, rules as rows.')
    .argument('<files...>', 'records; one that cannot be read becomes a marked column')
    .addOption(
      new Option('--format <name>', 'how')
        .choices(['markdown', 'html'] satisfies MatrixFormat[])
        .default('markdown'),
    )
    .option('--differences', 'only the rules on which the builds differ', false)
    .option('-o, --output <file>', 'where to, instead of the standard output')
    .action(
      async (files: string[], options: { format: MatrixFormat; differences: boolean; output?: string }) => {
        const { matrixOfFiles } = await import('./matrix');
        give(matrixOfFiles(files, options), options.output);
      },
    );

  program
    .command('verify')
    .description('Tell whether a record is whole, unedited and beside its packets.')
    .argument('<file>', 'a record')
    .action(async (file: string) => {
      const { suiteAtHand, verifyFile } = await import('./verify');
      give(verifyFile(file, suiteAtHand()), undefined);
    });

  program
    .command('bench')
    .description(
      "Print the suite's own figures: how fast it sends, captures and verifies, and what a run costs.",
    )
    .action(async () => {
      const { bench } = await import('./bench');
      exitCode = await bench(out);
    });

  program
    .command('doctor')
    .description('Tell what this machine can do, and what helps where it cannot.')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => {
      const { doctor } = await import('./doctor');
      const { text, ok } = doctor(options);
      out(text);
      exitCode = ok ? EXIT.expected : EXIT.incomplete;
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return codeOf(error, err);
  }
}

function codeOf(error: unknown, err: Streams['err']): number {
  if (error instanceof UsageError || error instanceof SelectionError) {
    err(`${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof BuildError) {
    err(`${error.message}\n`);
    return EXIT.incomplete;
  }
  // Jest writes what it has compiled, and says where to in no way that can be read.
  const refused = error instanceof UnwritableFile ? error : unwritable('what jest keeps', error);
  if (refused instanceof UnwritableFile && (refused === error || refused.full)) {
    err(`${refused.message}\n`);
    // A full disk is nobody's mistake; what was asked for is not whole.
    return refused.full ? EXIT.incomplete : EXIT.usage;
  }
  if (error instanceof Error && 'exitCode' in error && 'code' in error) {
    // Commander has said it already; asking for help is not a mistake.
    return error.exitCode === 0 ? EXIT.expected : EXIT.usage;
  }
  err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.suite;
}
