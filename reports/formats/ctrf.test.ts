import { execFileSync } from 'node:child_process';
import { ctrf } from './ctrf';
import { expectGolden } from './golden/golden';
import { clean, record, withRules } from './golden/record';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

test('the golden file', () => {
  expectGolden(ctrf(record), 'ctrf.golden.json');
});

/** What the format's reference implementation, which is an ES module, makes of a report. */
function consume(text: string): {
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
  return JSON.parse(output) as ReturnType<typeof consume>;
}

interface Summary {
  readonly results: { readonly summary: Readonly<Record<string, unknown>> };
}

test.each(Object.entries({ record, clean, empty: withRules(record, []) }))(
  'the reference implementation finds %s valid and counts the same',
  (_, report) => {
    const text = ctrf(report);
    const { valid, errors, summary } = consume(text);
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
