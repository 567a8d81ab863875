import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exclusions } from '../suites/exclusions';
import { loadSuite } from './run/suite';
import { levelOf } from './rules/catalogue';
import { faultsOf } from './rules/deviations';

const suite = loadSuite();
const ids = new Set(suite.rules.map(({ id }) => id));
const covered = new Set(suite.rules.flatMap(({ covers }) => covers));

test('every rule has an id of its own', () => {
  expect(ids.size).toBe(suite.rules.length);
});

test('every rule traces to the catalogue, and so has a level', () => {
  for (const rule of suite.rules)
    expect(['must', 'should', 'may', 'observation']).toContain(levelOf(suite.catalogue, rule));
});

test('every rule covers something and says so in one sentence', () => {
  for (const { id, covers, says } of suite.rules) {
    expect([id, covers.length > 0]).toEqual([id, true]);
    expect(says).toMatch(/^.*[a-z0-9)]\.$/i);
  }
});

test('every requirement is covered by a rule or excluded with a reason, and never both', () => {
  const open = [...suite.catalogue.requirements.keys()].filter(
    (row) => !covered.has(row) && !(row in exclusions),
  );
  expect(open).toEqual([]);
  expect(Object.keys(exclusions).filter((row) => covered.has(row))).toEqual([]);
});

test('every exclusion names a requirement and gives a reason', () => {
  for (const [row, reason] of Object.entries(exclusions)) {
    expect([row, suite.catalogue.requirements.has(row)]).toEqual([row, true]);
    expect(reason).toMatch(/^[A-Z].{20,}\.$/s);
  }
});

test('the list of deviations is sound', () => {
  expect(faultsOf(suite.deviations, ids)).toEqual([]);
  for (const { reason, link } of suite.deviations) {
    expect(reason.length).toBeGreaterThan(20);
    expect(link).toMatch(/^https:\/\//);
  }
});

/** The sections of RFC 3542, as its own table of contents numbers them. */
const RFC3542 = [
  ...['1', '2', '2.1', '2.1.1', '2.1.2', '2.1.3', '2.2', '2.2.1', '2.2.2', '2.2.3', '2.2.4', '2.3', '2.4'],
  ...['3', '3.1', '3.2', '3.3', '4', '4.1', '4.2', '5', '5.1', '5.2', '5.3'],
  ...['6', '6.1', '6.2', '6.3', '6.4', '6.5', '6.6', '6.7', '7', '7.1', '7.2', '7.3', '7.4', '7.5', '7.6'],
  ...['8', '8.1', '8.2', '9', '9.1', '9.2', '10', '10.1', '10.2', '10.3', '10.4', '10.5', '10.6', '10.7'],
  ...['11', '11.1', '11.2', '11.3', '11.4', '12', '13', '14', '14.1', '14.2', '14.3', '15', '16', '17', '18'],
  ...['19', '20', '20.1', '20.2', '20.3', '20.3.1', '20.3.2', '20.3.3', '20.3.4', '20.3.5'],
  ...['21', '21.1', '21.2', '22', '22.1', '22.2', '23'],
];

test('the table of contents has every section of RFC 3542 in its order, with rules or with a reason', () => {
  const own = suite.sections.filter(({ id }) => /^\d/.test(id));
  expect(own.map(({ id }) => id)).toEqual(RFC3542);
  for (const { id, rules, without } of suite.sections)
    expect([id, rules.length === 0, without !== undefined]).toEqual([
      id,
      rules.length === 0,
      rules.length === 0,
    ]);
});

test('every file of a chapter is in the table of contents', () => {
  const suites = join(__dirname, '../suites');
  const files = readdirSync(suites, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\/[^/]+\.ts$/.test(name),
  );
  const sections = new Set(suite.sections.map(({ id }) => id));
  for (const file of files) {
    const section = /\/(\d[\d.]*)-[^/]*\.ts$/.exec(file)?.[1];
    if (section !== undefined) expect([file, sections.has(section)]).toEqual([file, true]);
  }
});
