import { decodeEvidence, type Evidence } from './evidence';
import { evidenceOf } from './formats/golden/evidence';
import { clean, record, withRules } from './formats/golden/record';
import type { Report, RuleResult } from './report';
import { sealed } from './seal';
import { verify } from './verify';

/** A record that agrees with its evidence. */
function whole(base: Report): { report: Report; evidence: Evidence } {
  let next = 1;
  const rules = base.rules.map((rule): RuleResult => {
    const count = rule.packets?.count ?? 0;
    const first = next;
    next += count;
    return count === 0 ? rule : { ...rule, packets: { first, count } };
  });
  const evidence = decodeEvidence(evidenceOf({ rules }), 'wire.pcapng');
  const packets = { file: 'wire.pcapng', count: evidence.count, sha256: evidence.sha256 };
  return { report: withRules(base, rules, { packets }), evidence };
}

const { report, evidence } = whole(clean);
const faults = (edited: Report, ground = {}): string[] =>
  verify(edited, { evidence, ...ground }).map(({ kind, text }) => `${kind}: ${text}`);

test('a whole record verifies', () => {
  expect(verify(report, { evidence })).toEqual([]);
});

test('a known deviation does not keep a record from verifying, what has no result does', () => {
  const all = whole(record);
  expect(verify(all.report, { evidence: all.evidence }).map(({ text }) => text)).toEqual([
    'Its run was interrupted: SIGINT.',
    '1 rule not run.',
    '1 rule untested.',
    '1 rule broken.',
  ]);
});

test('an edited record does not verify, even where the numbers still agree', () => {
  const [first, ...rest] = report.rules;
  if (first === undefined) throw new Error('The record has rules');
  const edited = { ...report, rules: [{ ...first, observed: 'something nicer' }, ...rest] };
  expect(faults(edited)).toEqual(['wrong: It was edited: its seal belongs to other contents.']);
});

test.each<[string, Partial<Report>, string[]]>([
  [
    'counts that are not those of the rules',
    { counts: { ...report.counts, pass: 9 } },
    ['wrong: It counts 9 pass, and lists 2 such rules.'],
  ],
  [
    'an exit code that its rules do not give',
    { run: { ...report.run, exitCode: 1 } },
    ['wrong: It has exit code 1, and its rules give 0.'],
  ],
  [
    'an end before the beginning',
    { run: { ...report.run, finished: '2020-01-01T00:00:00Z' } },
    ['wrong: It ended before it began.'],
  ],
  [
    'evidence of another run',
    { packets: { file: 'wire.pcapng', count: 3, sha256: 'e'.repeat(64) } },
    ['wrong: wire.pcapng is not the evidence of this run: its hash differs.'],
  ],
  [
    'another number of packets',
    { packets: { file: 'wire.pcapng', count: 4, sha256: evidence.sha256 } },
    ['wrong: wire.pcapng holds 3 packets, and the record says 4.'],
  ],
])('%s', (_, change, expected) => {
  expect(faults(sealed({ ...report, ...change }))).toEqual(expected);
});

test.each<[string, Partial<RuleResult>, string]>([
  [
    'a failure that is not marked',
    { verdict: 'fail' },
    'is not marked as unexpected, with the verdict fail.',
  ],
  ['a pass that is marked', { unexpected: true }, 'is marked as unexpected, with the verdict pass.'],
  ['a deviation without its reason', { verdict: 'known' }, 'is known, and names no deviation.'],
  ['an untested rule without its reason', { verdict: 'untested' }, 'is untested, and says no reason.'],
  ['a rule in another section', { section: '9' }, 'is not in section 9.'],
  [
    'packets of another rule',
    { packets: { first: 3, count: 1 } },
    'Not all packets that the record gives to 3.1.verifies-on-every-size belong to it',
  ],
])('%s', (_, change, expected) => {
  const [first, ...rest] = report.rules;
  if (first === undefined) throw new Error('The record has rules');
  expect(faults(withRules(report, [{ ...first, ...change }, ...rest])).join('\n')).toContain(expected);
});

test('where a lost packet moves all that follow, one rule is named and the others are counted', () => {
  const moved = report.rules.map((rule): RuleResult =>
    rule.packets === undefined
      ? rule
      : { ...rule, packets: { ...rule.packets, first: rule.packets.first + 1 } },
  );
  expect(faults(withRules(report, moved))).toEqual([
    'wrong: Not all packets that the record gives to 3.1.verifies-on-every-size belong to it, nor those of 1 more rule to them.',
  ]);
});

test('a run that died is incomplete, not edited', () => {
  const { schema, suite, machine, counts, packets, rules } = report;
  const { selectors, seed, strict, defects, started } = report.run;
  const open = { schema, suite, machine, counts, ...(packets && { packets }), rules };
  expect(faults({ ...open, run: { selectors, seed, strict, defects, started } })).toEqual([
    'incomplete: Its run did not finish.',
  ]);
  expect(faults({ ...open, run: report.run })).toEqual(['wrong: It has no seal, though its run finished.']);
});

test('the catalogue is compared with that of the same version only', () => {
  const catalogue = 'f'.repeat(64);
  expect(faults(report, { suite: { version: '1.2.3', catalogue } })).toEqual([
    'wrong: It was made with another catalogue than version 1.2.3 of the suite has here.',
  ]);
  expect(faults(report, { suite: { version: '9.9.9', catalogue } })).toEqual([]);
});

test('evidence that is missing makes a record incomplete', () => {
  expect(verify(report, {}).map(({ kind }) => kind)).toEqual(['incomplete']);
  expect(verify(report, { evidence: 'There is no wire.pcapng beside it.' })).toEqual([
    { kind: 'incomplete', text: 'There is no wire.pcapng beside it.' },
  ]);
});
