import { type ChangeKind, compare, exitCodeOf, summaryOf } from './compare';
import { changesAsJson, COMPARISON_SCHEMA } from './formats/changes-json';
import { changesAsMarkdown } from './formats/changes-markdown';
import { changesAsText } from './formats/changes-text';
import { expectGolden } from './formats/golden/golden';
import { clean, record, withRules } from './formats/golden/record';
import type { Report, RuleResult, Verdict } from './report';

const [sample] = clean.rules;
const of = (verdict: Verdict | undefined, observed?: string): readonly RuleResult[] =>
  verdict === undefined || sample === undefined
    ? []
    : [
        {
          ...sample,
          id: '3.1.rule',
          verdict,
          unexpected: verdict === 'fail',
          ...(observed === undefined ? {} : { observed }),
        },
      ];
const run = (rules: readonly RuleResult[], more: Partial<Report> = {}): Report =>
  withRules(clean, rules, more);

test.each<[Verdict | undefined, Verdict | undefined, ChangeKind | undefined, number]>([
  ['pass', 'pass', undefined, 0],
  ['pass', 'fail', 'regressed', 1],
  ['observed', 'fail', 'regressed', 1],
  ['untested', 'fail', 'regressed', 1],
  [undefined, 'fail', 'regressed', 1],
  ['known', 'fail', 'changed', 0],
  ['pass', 'known', 'changed', 0],
  ['pass', 'observed', 'changed', 0],
  ['fail', 'pass', 'fixed', 0],
  ['known', 'fixed', 'fixed', 0],
  ['fail', 'fail', undefined, 0],
  ['pass', 'untested', 'now untested', 3],
  ['pass', 'not run', 'now untested', 3],
  ['fail', 'broken', 'now untested', 3],
  ['untested', 'broken', 'changed', 0],
  ['untested', 'untested', undefined, 0],
  ['untested', 'pass', 'now tested', 0],
  [undefined, 'pass', 'new', 0],
  ['pass', undefined, 'gone', 3],
])('%s → %s is %s, exit code %d', (before, after, kind, code) => {
  const comparison = compare(run(of(before)), run(of(after)));
  expect(comparison.changes[0]?.kind).toBe(kind);
  expect(exitCodeOf(comparison)).toBe(code);
});

test('a failure that looks different has changed, and so has an observation', () => {
  expect(compare(run(of('fail', 'a')), run(of('fail', 'b'))).changes[0]?.kind).toBe('changed');
  expect(compare(run(of('observed', 'a')), run(of('observed', 'b'))).changes[0]?.kind).toBe('changed');
  expect(compare(run(of('fail', 'a')), run(of('fail', 'a'))).changes).toEqual([]);
});

test('a rule outside of a narrower selection is not missed', () => {
  const narrow = run([], { run: { ...clean.run, selectors: ['3.2'] } });
  expect(exitCodeOf(compare(run(of('pass')), narrow))).toBe(0);
});

test('a run that ended early cannot pass a gate', () => {
  expect(exitCodeOf(compare(clean, run(clean.rules, { run: { ...clean.run, interrupted: 'SIGINT' } })))).toBe(
    3,
  );
});

test('a record compared with itself has no changes', () => {
  expect(summaryOf(compare(record, record))).toBe('12 the same');
});

const upgraded = withRules(record, record.rules, {
  machine: { ...record.machine, kernel: '6.13.0\u001b[31m', offloads: [] },
});
const story = compare(clean, upgraded);

test('differences of the fingerprint, and nothing else of it', () => {
  expect(story.fingerprint).toEqual([
    { name: 'kernel', before: '6.12.0-1-amd64', after: '6.13.0\u001b[31m' },
    { name: 'offloads', before: 'tx-checksumming, <b>', after: 'none' },
  ]);
});

test('the golden files', () => {
  expectGolden(changesAsText(story, false), 'changes.golden.txt');
  expectGolden(changesAsMarkdown(story), 'changes.golden.md');
  expectGolden(changesAsJson(story), 'changes.golden.json');
});

test('the fingerprint stands above the rules in every text', () => {
  for (const text of [changesAsText(story, false), changesAsMarkdown(story)]) {
    expect(text.indexOf('6.13.0')).toBeGreaterThan(0);
    expect(text.indexOf('6.13.0')).toBeLessThan(text.indexOf('3.1.kernel-fills-checksum'));
    expect(text).not.toContain('\u001b');
  }
});

test('JSON says what the exit code is', () => {
  expect(JSON.parse(changesAsJson(story))).toMatchObject({
    schema: COMPARISON_SCHEMA,
    exitCode: 1,
    counts: { regressed: 5, new: 4, same: 3 },
  });
});
