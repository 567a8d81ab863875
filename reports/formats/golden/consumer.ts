import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Consumed {
  readonly status: number | null;
  readonly output: string;
}

/**
 * A test that hands what was written to a program which others use to read the format. Where the program is not installed
 * the test fails if `RFC3542_CONSUMERS` is `required`, and otherwise is skipped under a name that says so: nothing passes that was
 * not read.
 *
 * @param command looked for on PATH
 * @param debian the package that has it
 */
export function readBy(
  command: string,
  debian: string,
  name: string,
  body: (
    run: (args: readonly string[], options?: { cwd?: string; input?: string }) => Consumed,
  ) => void | Promise<void>,
): void {
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((candidate) => existsSync(candidate));
  const missing = `${command} is not installed (Debian: ${debian})`;
  if (path === undefined) {
    if (process.env['RFC3542_CONSUMERS'] !== 'required')
      test.skip(`NOT READ, ${missing}: ${name}`, () => undefined);
    else {
      test(`${command} ${name}`, () => {
        throw new Error(missing);
      });
    }
    return;
  }
  test(`${command} ${name}`, async () => {
    await body((args, options = {}) => {
      const { status, stdout, stderr, error } = spawnSync(path, args, {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        ...options,
      });
      if (error !== undefined) throw error;
      return { status, output: stdout + stderr };
    });
  });
}

/** What CTRF's reference implementation, which is an ES module, makes of a report. */
export function consumeCtrf(text: string): {
  readonly valid: boolean;
  readonly errors: unknown;
  readonly summary: unknown;
} {
  const program = `
    import { calculateSummary, parse, validate } from 'ctrf';
    import { readFileSync } from 'node:fs';
    const report = parse(readFileSync(0, 'utf8'));
    const { valid, errors } = validate(report);
    console.log(JSON.stringify({ valid, errors, summary: calculateSummary(report.results.tests) }));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: __dirname,
    input: text,
    encoding: 'utf8',
  });
  return JSON.parse(output) as ReturnType<typeof consumeCtrf>;
}
