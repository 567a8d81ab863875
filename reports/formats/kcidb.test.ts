import Ajv2020 from 'ajv/dist/2020';
import { expectGolden } from './golden/golden';
import schema from './golden/kcidb.schema.json';
import { clean, record, withRules } from './golden/record';
import { kcidb } from './kcidb';

interface Submission {
  readonly checkouts: readonly { readonly id: string }[];
  readonly builds: readonly { readonly id: string; readonly checkout_id: string }[];
  readonly tests: readonly { readonly id: string; readonly build_id: string; readonly status: string }[];
  readonly issues: readonly { readonly id: string; readonly report_url?: string }[];
  readonly incidents: readonly { readonly issue_id: string; readonly test_id: string }[];
}

const submit = (report: typeof record): Submission => JSON.parse(kcidb(report)) as Submission;

test('the golden file', () => {
  expectGolden(kcidb(record), 'kcidb.golden.json');
});

const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);

test.each(Object.entries({ record, clean, empty: withRules(record, []) }))('%s is valid', (_, report) => {
  validate(submit(report));
  expect(validate.errors ?? []).toEqual([]);
});

test('every reference leads to an object of the same submission', () => {
  const { checkouts, builds, tests, issues, incidents } = submit(record);
  const ids = (objects: readonly { readonly id: string }[]): string[] => objects.map(({ id }) => id);
  expect(ids(checkouts)).toEqual(builds.map((build) => build.checkout_id));
  for (const { build_id } of tests) expect(ids(builds)).toContain(build_id);
  for (const { issue_id, test_id } of incidents) {
    expect(ids(issues)).toContain(issue_id);
    expect(ids(tests)).toContain(test_id);
  }
  expect(new Set(ids(tests)).size).toBe(record.rules.length);
});

test('each verdict has its status, and a known deviation is a fault with an issue', () => {
  const { tests, issues, incidents } = submit(record);
  expect(tests.map(({ status }) => status)).toEqual([
    'FAIL',
    'PASS',
    'FAIL',
    'PASS',
    'SKIP',
    'FAIL',
    'FAIL',
    'FAIL',
    'FAIL',
    'ERROR',
    'DONE',
    'MISS',
  ]);
  expect(issues).toMatchObject([{ report_url: 'https://example.org/bugs/1?a=1&b=2' }]);
  expect(incidents).toHaveLength(1);
});

test('the same record gives the same ids, another gives others', () => {
  expect(kcidb(record)).toBe(kcidb(record));
  expect(submit(clean).builds[0]?.id).not.toBe(submit(record).builds[0]?.id);
});
