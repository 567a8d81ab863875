import { exclusions } from '../../suites/exclusions';
import type { Suite } from '../run/suite';

/** How many requirements of each section are covered by rules, and how many are excluded with a reason. */
export function coverage({ catalogue, rules }: Suite): string {
  const covered = new Set(rules.flatMap((rule) => rule.covers));
  const sections = new Map<string, { rows: number; covered: number; excluded: number; rules: Set<string> }>();
  for (const row of catalogue.requirements.values()) {
    const name = row.document === 'rfc3542' ? row.section : `${row.document} ${row.section}`;
    const entry = sections.get(name) ?? { rows: 0, covered: 0, excluded: 0, rules: new Set() };
    entry.rows += 1;
    if (covered.has(row.id)) entry.covered += 1;
    else if (row.id in exclusions) entry.excluded += 1;
    for (const rule of rules) if (rule.covers.includes(row.id)) entry.rules.add(rule.id);
    sections.set(name, entry);
  }
  const line = (name: string, ...cells: readonly (string | number)[]): string =>
    `${name.padEnd(22)}${cells.map((cell) => String(cell).padStart(10)).join('')}\n`;
  const body = [...sections].map(([name, entry]) =>
    line(name, entry.rows, entry.covered, entry.excluded, entry.rules.size),
  );
  const total = (count: (entry: { rows: number; covered: number; excluded: number }) => number): number =>
    [...sections.values()].reduce((sum, entry) => sum + count(entry), 0);
  return [
    line('section', 'rows', 'covered', 'excluded', 'rules'),
    ...body,
    line(
      'all',
      total(({ rows }) => rows),
      total((entry) => entry.covered),
      total((entry) => entry.excluded),
      rules.length,
    ),
  ].join('');
}
