import { ctrf } from './ctrf';
import { consumeCtrf } from './golden/consumer';
import { expectGolden } from './golden/golden';
import { clean, record, withRules } from './golden/record';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

test('the golden file', () => {
  expectGolden(ctrf(record), 'ctrf.golden.json');
});

interface Summary {
  readonly results: { readonly summary: Readonly<Record<string, unknown>> };
}

test.each(Object.entries({ record, clean, empty: withRules(record, []) }))(
  'the reference implementation finds %s valid and counts the same',
  (_, report) => {
    const text = ctrf(report);
    const { valid, errors, summary } = consumeCtrf(text);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    const own = (JSON.parse(text) as Summary).results.summary;
    const { tests, passed, failed, skipped, pending, other } = summary as Summary['results']['summary'];
    expect(own).toMatchObject({ tests, passed, failed, skipped, pending, other });
  },
);

test('a run that died is not taken for one that passed', () => {
  const unreached = record.rules.filter(({ verdict }) => verdict === 'not run');
  const { summary } = (JSON.parse(ctrf(withRules(record, unreached))) as Summary).results;
  expect(summary).toMatchObject({ tests: 1, passed: 0, failed: 1 });
});
