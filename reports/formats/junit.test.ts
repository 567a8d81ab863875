import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readBy } from './golden/consumer';
import { expectGolden } from './golden/golden';
import { clean, record, withRules } from './golden/record';
import { junit } from './junit';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

const reports = { record, clean, empty: withRules(record, []) };

test('the golden file', () => {
  expectGolden(junit(record), 'junit.golden.xml');
});

test.each(Object.entries(reports))('%s stays small, whatever it holds', (_, report) => {
  expect(junit(report).length).toBeLessThan(100_000);
});

describe.each(Object.entries(reports))('%s', (_, report) => {
  readBy('xmllint', 'libxml2-utils', 'finds it valid', (run) => {
    const schema = join(__dirname, 'golden', 'junit.xsd');
    const { output, status } = run(['--noout', '--nonet', '--schema', schema, '-'], { input: junit(report) });
    expect(output).toBe('- validates\n');
    expect(status).toBe(0);
  });
});

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly failure?: readonly { readonly inner: string; readonly type: string }[];
  readonly error?: readonly unknown[];
  readonly skipped?: readonly { readonly message: string }[];
}

interface Suites {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly testsuite: readonly {
    readonly skipped: number;
    readonly properties: readonly { readonly name: string; readonly value: string }[];
    readonly testcase: readonly Case[];
  }[];
}

/** What the junit2json program makes of it. */
function consume(xml: string): Suites {
  const folder = mkdtempSync(join(tmpdir(), 'junit-'));
  const file = join(folder, 'junit.xml');
  writeFileSync(file, xml);
  const program = join(dirname(require.resolve('junit2json/package.json')), 'dist/esm/cli.js');
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Suites;
}

test('a reader of JUnit finds every rule with its ending, and the numbers agree with the cases', () => {
  const suites = consume(junit(record));
  const cases = suites.testsuite.flatMap(({ testcase }) => testcase);
  const ending = (each: Case): string =>
    each.failure ? 'failure' : each.error ? 'error' : each.skipped ? 'skipped' : 'passed';
  expect(cases.map((each) => [each.classname, each.name, ending(each)])).toEqual([
    ['rfc3542.3.1', '3.1.kernel-fills-checksum', 'failure'],
    ['rfc3542.3.1', '3.1.verifies-on-every-size', 'passed'],
    ['rfc3542.3.1', '3.1.option-is-read-only', 'skipped'],
    ['rfc3542.3.1', '3.1.option-reads-back', 'failure'],
    ['rfc3542.3.1', '3.1.two-routes', 'skipped'],
    ['rfc3542.3.2', '3.2.odd-offset', 'skipped'],
    ['rfc3542.3.2', '3.2.hostile', 'failure'],
    ['rfc3542.3.2', '3.2.empty', 'failure'],
    ['rfc3542.3.2', '3.2.huge', 'failure'],
    ['rfc3542.3.2', '3.2.laboratory', 'error'],
    ['rfc4443.4.1', 'rfc4443-4.1.hop-limit-of-echo', 'passed'],
    ['rfc4443.4.1', 'rfc4443-4.1.never-reached', 'error'],
  ]);
  expect(suites).toMatchObject({ tests: 12, failures: 5, errors: 2 });
  expect(suites.testsuite.map(({ skipped }) => skipped)).toEqual([2, 1, 0]);
});

test('a known deviation is skipped with its reason, and a failure shows the bytes', () => {
  const suites = consume(junit(record));
  const cases = suites.testsuite.flatMap(({ testcase }) => testcase);
  expect(cases[2]?.skipped?.[0]?.message).toContain('The option is kept for root there.');
  expect(cases[0]?.failure?.[0]?.inner).toContain('80 00 [00 00] 00 01');
  expect(cases[0]?.failure?.[0]?.inner).toContain('Symptom of KB974927');
});

test('properties tell the fingerprint, and the requirement and level of every rule', () => {
  const [first] = consume(junit(record)).testsuite;
  const found = new Map(first?.properties.map(({ name, value }) => [name, value]));
  expect(found.get('kernel')).toBe('6.12.0-1-amd64');
  expect(found.get('document')).toBe('rfc3542');
  expect(found.get('3.1.kernel-fills-checksum level')).toBe('must');
  expect(found.get('3.1.kernel-fills-checksum requirement')).toMatch(/^The kernel computes/);
  expect(found.get('warning')).toBe('The run was interrupted: SIGINT.');
});

test('a run as expected has neither failure nor error', () => {
  expect(consume(junit(clean))).toMatchObject({ tests: 4, failures: 0, errors: 0 });
});
