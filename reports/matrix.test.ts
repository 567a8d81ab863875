import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bodyOf, expectGolden } from './formats/golden/golden';
import { clean, record, withRules } from './formats/golden/record';
import { matrixAsHtml } from './formats/html/matrix';
import { matrixAsMarkdown } from './formats/matrix-markdown';
import { chosen, columnOf, matrixOf, readColumns } from './matrix';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

const columns = (): ReturnType<typeof readColumns> => {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
  const cut = join(folder, 'cut.json');
  writeFileSync(cut, JSON.stringify(clean).slice(0, 500));
  const unreadable = readColumns([join(folder, 'missing.json'), cut]).map((column) => ({
    ...column,
    // The folder's name is another each time.
    file: column.file.replace(folder, '…').replaceAll('\\', '/'),
  }));
  rmSync(folder, { recursive: true });
  return [columnOf('clean.json', clean), columnOf('hot.json', record), ...unreadable];
};

test('rules are rows, what differs first and then in the order of their sections, builds are columns', () => {
  const { rows } = matrixOf([columnOf('a', clean), columnOf('b', record)]);
  const places = rows.map(({ differs, section }) => `${differs ? 'differs' : 'agrees'} ${section}`);
  expect(places.filter((place, index) => place !== places[index - 1])).toEqual([
    'differs 3.1',
    'differs rfc4443-4.1',
    'differs 3.2',
    'agrees 3.1',
    'agrees rfc4443-4.1',
  ]);
  expect(rows.find(({ id }) => id === '3.1.kernel-fills-checksum')).toMatchObject({
    differs: true,
    results: [{ verdict: 'pass' }, { verdict: 'fail' }],
  });
});

test('a record that is missing or cut short is a marked column', () => {
  const found = columns();
  expect(found.map((column) => ('unreadable' in column ? column.unreadable.kind : column.whole))).toEqual([
    true,
    false,
    'missing',
    'cut short',
  ]);
  const page = matrixAsHtml(matrixOf(found));
  expect(page).toContain('…/cut.json<span class="means">cut short</span>');
  expect(page.match(/<th scope="col" class="lost"/g)).toHaveLength(3);
});

test('an unreadable column makes no row differ', () => {
  const [first, , missing] = columns();
  if (first === undefined || missing === undefined) throw new Error('There are columns');
  expect(matrixOf([first, missing]).rows.filter(({ differs }) => differs)).toEqual([]);
});

test('where the verdicts agree, what was seen tells the builds apart', () => {
  const seen = (observed: string): ReturnType<typeof columnOf> =>
    columnOf(
      `${observed}.json`,
      withRules(
        clean,
        clean.rules.map((rule) => (rule.verdict === 'observed' ? { ...rule, observed } : rule)),
      ),
    );
  const matrix = matrixOf([seen('hop limit 64'), seen('hop limit 255')]);
  expect(matrixAsMarkdown(matrix)).toContain('| observed<br>hop limit 64 | observed<br>hop limit 255 |');
  expect(matrixAsHtml(matrix)).toContain('<span class="means">hop limit 255</span></td>');
});

test('a kernel is named by its release, however much it says of itself', () => {
  const kernel = '6.12.95+deb12-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.12.95-1 (2026-07-05)';
  const matrix = matrixOf([columnOf('a.json', { ...clean, machine: { ...clean.machine, kernel } })]);
  expect(matrixAsMarkdown(matrix)).toContain('<br>6.12.95+deb12-amd64 |');
});

test('only the rows that differ, on request', () => {
  const matrix = matrixOf([columnOf('a', clean), columnOf('b', withRules(clean, clean.rules.slice(1)))]);
  expect(chosen(matrix, true).rows.map(({ id }) => id)).toEqual([clean.rules[0]?.id]);
  expect(chosen(matrix, false).rows).toHaveLength(4);
});

test('the golden file', () => {
  const stable = columns().map((column) =>
    'unreadable' in column
      ? { ...column, unreadable: Object.assign(column.unreadable, { message: column.unreadable.reason }) }
      : column,
  );
  expectGolden(matrixAsMarkdown(matrixOf(stable)), 'matrix.golden.md');
  expectGolden(bodyOf(matrixAsHtml(matrixOf(stable))), 'matrix.golden.html');
});

test('fifty builds with six hundred rules stay far under 10 MB', () => {
  const [failure] = record.rules;
  if (failure === undefined) throw new Error('The record has rules');
  const rules = Array.from({ length: 600 }, (_, index) => ({
    ...failure,
    id: `3.1.a-rule-with-a-name-of-usual-length-${String(index)}`,
  }));
  const many = Array.from({ length: 50 }, (_, index) =>
    columnOf(`${String(index)}.json`, withRules(record, rules)),
  );
  expect(matrixAsHtml(matrixOf(many)).length).toBeLessThan(8_000_000);
});
