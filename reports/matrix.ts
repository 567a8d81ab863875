import { cameToItsEnd, headlineOf, type Headline } from './headline';
import { readReport, UnreadableReport } from './read';
import type { Report, RuleResult } from './report';
import { oneLine } from './text';

/** One build: a column. A record that cannot be read is a column too, so that a missing build cannot be overlooked. */
export type Column =
  | {
      readonly file: string;
      readonly report: Report;
      readonly headline: Headline;
      /** Its run came to its end. */
      readonly whole: boolean;
    }
  | { readonly file: string; readonly unreadable: UnreadableReport };

/** One rule over all builds. */
export interface Row extends Pick<
  RuleResult,
  'id' | 'document' | 'section' | 'sectionTitle' | 'level' | 'says'
> {
  /** One for each column; undefined where the record does not have the rule or cannot be read. */
  readonly results: readonly (RuleResult | undefined)[];
  /** Whether the readable builds disagree on the rule, or one of them lacks it. */
  readonly differs: boolean;
}

export interface Matrix {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Reads the records, each into a column; nothing is thrown for one that cannot be read. */
export function readColumns(files: readonly string[]): Column[] {
  return files.map((file) => {
    try {
      return columnOf(file, readReport(file));
    } catch (error) {
      if (error instanceof UnreadableReport) return { file, unreadable: error };
      throw error;
    }
  });
}

/** Whether the builds that have the rule came to one verdict and saw different things: then only that tells them apart. */
export function differsInObservation({ results }: Row): boolean {
  const found = results.filter((result) => result !== undefined);
  const one = (values: readonly unknown[]): boolean => new Set(values).size === 1;
  return one(found.map(({ verdict }) => verdict)) && !one(found.map(({ observed }) => observed));
}

/** What a column is called: the build, and the release of its kernel, which is the first word of what a kernel says of itself. */
export function nameOf({ machine }: Report): { readonly build: string; readonly kernel: string } {
  return {
    build: oneLine(machine.build, 100),
    kernel: oneLine(machine.kernel.trimStart().split(/\s/)[0] ?? '', 100),
  };
}

export function columnOf(file: string, report: Report): Column {
  return { file, report, headline: headlineOf(report), whole: cameToItsEnd(report) };
}

/**
 * Rules as rows: first those on which the builds differ, then the others. Within both they stand in the order in which the
 * records have them: those of the first, and then what the others add.
 */
export function matrixOf(columns: readonly Column[]): Matrix {
  const results = columns.map((column) =>
    'report' in column ? new Map(column.report.rules.map((rule) => [rule.id, rule])) : undefined,
  );
  const ids = new Map<string, RuleResult>();
  for (const column of results) for (const [id, rule] of column ?? []) if (!ids.has(id)) ids.set(id, rule);
  const rows = [...ids.values()].map((rule): Row => {
    const own = results.map((column) => column?.get(rule.id));
    const readable = results.flatMap((column) => (column === undefined ? [] : [column.get(rule.id)]));
    const [first] = readable;
    const { id, document, section, sectionTitle, level, says } = rule;
    return {
      ...{ id, document, section, sectionTitle, level, says, results: own },
      differs: readable.some(
        (each) => each?.verdict !== first?.verdict || each?.observed !== first?.observed,
      ),
    };
  });
  const ordered = inSections(rows);
  return { columns, rows: [...ordered.filter(differs), ...ordered.filter((row) => !differs(row))] };
}

function differs(row: Row): boolean {
  return row.differs;
}

/** A rule that only a later record has goes to its section, not to the end. */
function inSections(rows: readonly Row[]): Row[] {
  const sections = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.document} ${row.section}`;
    const same = sections.get(key);
    if (same === undefined) sections.set(key, [row]);
    else same.push(row);
  }
  return [...sections.values()].flat();
}

/** The rows that a reader asked for. */
export function chosen({ columns, rows }: Matrix, onlyDiffering: boolean): Matrix {
  return { columns, rows: onlyDiffering ? rows.filter(differs) : rows };
}
