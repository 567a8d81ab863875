import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Level } from './level';

/** One statement of a document that a host can be seen to keep or break, in the project's own words. */
export interface Requirement {
  readonly id: string;
  readonly document: string;
  readonly section: string;
  readonly kind: 'requirement' | 'observation';
  readonly level: 'must' | 'should' | 'may' | 'informative';
  readonly statement: string;
  /** How it can be observed. */
  readonly observe: string;
  readonly scope: 'raw-icmpv6' | 'other-socket' | 'header' | 'libc';
  /** What is known of systems: measured, read or unverified, as each says. */
  readonly expected: Readonly<Record<'linux' | 'windows' | 'bsd', string>>;
  readonly notes: string;
}

export interface Catalogue {
  readonly requirements: ReadonlyMap<string, Requirement>;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** Reads `suites/requirements.json`. @throws Error when two rows share an id */
export function readCatalogue(suites: string): Catalogue {
  const text = readFileSync(join(suites, 'requirements.json'));
  const rows = JSON.parse(text.toString('utf8')) as Requirement[];
  const requirements = new Map(rows.map((row) => [row.id, row]));
  if (requirements.size !== rows.length) throw new Error('Two rows of requirements.json have the same id');
  return { requirements, hash: createHash('sha256').update(text).digest('hex') };
}

/** The strongest level among the rows that a rule covers. @throws RangeError for a row that the catalogue does not have */
export function levelOf(
  catalogue: Catalogue,
  rule: { readonly id: string; readonly covers: readonly string[] },
): Level {
  const levels = rule.covers.map((id): Level => {
    const row = catalogue.requirements.get(id);
    if (row === undefined)
      throw new RangeError(`${rule.id} covers ${id}, which requirements.json does not have`);
    return row.level === 'informative' ? 'observation' : row.level;
  });
  const strongest = (['must', 'should', 'may'] as const).find((level) => levels.includes(level));
  return strongest ?? 'observation';
}
