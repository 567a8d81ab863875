import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { record } from './formats/golden/record';
import { PROOF_SCHEMA, type ProofRecord } from './proof';
import { parseReport, readProof, readReport, UnreadableReport } from './read';
import { LEVELS, SCHEMA, VERDICTS } from './report';
import schema from './report.schema.json';
import { sealOf } from './seal';

const text = JSON.stringify(record);

function refusal(given: string): UnreadableReport {
  try {
    parseReport(given, 'a.json');
  } catch (error) {
    if (error instanceof UnreadableReport) return error;
    throw error;
  }
  throw new Error('It was read');
}

test('a record is read as it was written, odd characters, empty and huge fields included', () => {
  const folder = mkdtempSync(join(tmpdir(), 'read-'));
  const file = join(folder, 'report.json');
  writeFileSync(file, text);
  const read = readReport(file);
  rmSync(folder, { recursive: true });
  // The half of a surrogate pair cannot be written in UTF-8, so JSON spells it out and it survives.
  expect(read).toEqual(record);
  expect(sealOf(read)).toBe(record.seal);
});

test('the schema and the types name the same verdicts, levels and version', () => {
  expect(schema.$defs.rule.properties.verdict.enum).toEqual(VERDICTS);
  expect(schema.properties.counts.required).toEqual(VERDICTS);
  expect(schema.$defs.rule.properties.level.enum).toEqual(LEVELS);
  expect(schema.properties.schema.const).toBe(SCHEMA);
});

test('a rule that this version does not know is read as it stands', () => {
  const unknown = { ...record.rules[0], id: '99.from-the-future', document: 'rfc9999', section: '99' };
  const read = parseReport(JSON.stringify({ ...record, rules: [unknown] }), 'a.json');
  expect(read.rules[0]?.id).toBe('99.from-the-future');
});

test('a file that is not there', () => {
  expect(() => readReport('/nowhere/report.json')).toThrow(
    'Cannot read the report /nowhere/report.json: there is no such file',
  );
});

test('a proof is read where there is one of this version, and missed where there is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'read-'));
  const file = join(folder, 'proof.json');
  const proof: ProofRecord = {
    schema: PROOF_SCHEMA,
    ...{ machine: {}, seed: 7, rules: {}, exceptions: {}, changes: 64, unseen: [], faults: [] },
    defects: [],
  };
  expect(readProof(file)).toBeUndefined();
  for (const text of ['{', '{}', JSON.stringify({ ...proof, defects: 7 })]) {
    writeFileSync(file, text);
    expect(readProof(file)).toBeUndefined();
  }
  writeFileSync(file, JSON.stringify(proof));
  expect(readProof(file)).toEqual(proof);
  rmSync(folder, { recursive: true });
});

test('a folder', () => {
  expect(() => readReport(tmpdir())).toThrow(`Cannot read the report ${tmpdir()}: it is a folder`);
});

test.each([
  ['', 'cut short', 'it is empty'],
  [' \n', 'cut short', 'it is empty'],
  ['hello', 'not a record', 'it is not JSON'],
  ['\u0000\u0001', 'not a record', 'it is not JSON'],
  ['{"a": tru}', 'not a record', 'it is not JSON'],
  ['[]', 'not a record', 'it is JSON, but not a record of rfc3542'],
  ['null', 'not a record', 'it is JSON, but not a record of rfc3542'],
  ['{"schema":7}', 'not a record', 'it is JSON, but not a record of rfc3542'],
  [
    '{"schema":"rfc3542-report/2","rules":{}}',
    'of another version',
    'its schema is "rfc3542-report/2", and this version reads "rfc3542-report/1"',
  ],
])('%j is %s', (given, kind, reason) => {
  expect(refusal(given)).toMatchObject({ kind, reason });
});

test('a record cut at any point is not read, and said to be cut short wherever no brace happens to end it', () => {
  for (let length = 1; length < text.length; length += 99_991) {
    const part = text.slice(0, length);
    const { kind } = refusal(part);
    expect(kind).toBe(part.trimEnd().endsWith('}') ? 'not a record' : 'cut short');
  }
});

test.each<[string, Record<string, unknown>, string]>([
  ['a verdict that there is not', inFirstRule({ verdict: 'good' }), '/rules/0/verdict'],
  ['a field that there is not', { '\u001b[31m': 1 }, '("\\x1b[31m")'],
  ['a field that is missing', { machine: undefined }, "required property 'machine'"],
  [
    'bytes that are none',
    inFirstRule({ exhibits: [{ title: '', actual: 'zz', marks: [] }] }),
    '/rules/0/exhibits/0/actual',
  ],
  ['an id with markup', inFirstRule({ id: '"><script>' }), '/rules/0/id'],
  ['evidence elsewhere', { packets: { file: '../x', count: 0, sha256: 'a'.repeat(64) } }, '/packets/file'],
  ['a time that is none', { run: { ...record.run, started: 'now' } }, '/run/started'],
])('%s is refused with its place', (_, change, place) => {
  const { kind, reason } = refusal(JSON.stringify({ ...record, ...change }));
  expect(kind).toBe('not valid');
  expect(reason).toContain(place);
});

test('a rule that is in it twice is refused', () => {
  const twice = JSON.stringify({ ...record, rules: [record.rules[1], record.rules[1]] });
  expect(refusal(twice).reason).toBe('the rule 3.1.verifies-on-every-size is in it twice');
});

function inFirstRule(change: Record<string, unknown>): Record<string, unknown> {
  return { rules: [{ ...record.rules[0], ...change }] };
}
