import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBy } from './golden/consumer';
import { expectGolden } from './golden/golden';
import { clean, record, withRules } from './golden/record';
import { ktap } from './ktap';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ktap-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the golden file', () => {
  expectGolden(ktap(record), 'ktap.golden.txt');
});

test('every line is a version, a plan, a result or a diagnostic, whatever the record holds', () => {
  const lines = ktap(record).trimEnd().split('\n');
  expect(lines.slice(0, 2)).toEqual(['KTAP version 1', '1..12']);
  for (const line of lines.slice(2)) expect(line).toMatch(/^(# |(not )?ok \d+ [\w.-]+( # [A-Z]+ .*)?$)/);
  expect(lines.filter((line) => /^(not )?ok/.test(line))).toHaveLength(12);
});

/** Kyua runs programs, in a folder of its own. */
function asProgram(report: string, exitCode: number): void {
  const program = join(folder, 'rules');
  writeFileSync(`${program}.ktap`, report);
  writeFileSync(program, `#!/bin/sh\ncat '${program}.ktap'\nexit ${String(exitCode)}\n`);
  chmodSync(program, 0o755);
  writeFileSync(
    join(folder, 'Kyuafile'),
    "syntax(2)\ntest_suite('rfc3542')\ntap_test_program{name='rules'}\n",
  );
}

describe.each([
  ['everything at once', record, 1, 'failed: 7 of 12 tests failed'],
  ['as expected', clean, 0, 'passed'],
  ['nothing at all', withRules(record, []), 0, 'skipped'],
] as const)('%s', (_, report, exitCode, result) => {
  readBy('kyua', 'kyua', `reads it as ${result}`, (run) => {
    asProgram(ktap(report), exitCode);
    const { output } = run(['test', `--results-file=${join(folder, 'out.db')}`], { cwd: folder });
    expect(output).toContain(`rules:main  ->  ${result}`);
  });
});

readBy('prove', 'perl', 'fails exactly the rules that turned the run red', (run) => {
  writeFileSync(join(folder, 'rules.ktap'), ktap(record));
  const { output, status } = run(['--exec', 'cat', join(folder, 'rules.ktap')]);
  expect(output).toContain('Failed tests:  1, 4, 7-10, 12');
  expect(output).toContain('less 1 skipped subtest');
  expect(status).toBe(1);
});

readBy('prove', 'perl', 'passes a run that came out as expected', (run) => {
  writeFileSync(join(folder, 'rules.ktap'), ktap(clean));
  expect(run(['--exec', 'cat', join(folder, 'rules.ktap')])).toMatchObject({ status: 0 });
});
