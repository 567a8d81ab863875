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
