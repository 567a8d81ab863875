import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { compare, type Comparison } from '../../reports/compare';
import { FORMATS } from '../../reports/formats';
import { DEFAULT_FORMATS, FORMAT_NAMES, type FormatName, isFormatName } from '../../reports/formats/names';
import type { Report } from '../../reports/report';
import { writeAtomically } from '../../reports/write';
import { EVIDENCE_NAME, RECORD_NAME } from '../run/recorder';
import { shownBeside } from './record';
import { UsageError } from './usage';

export interface Publication {
  /** The record as it was written. */
  readonly report: Report;
  readonly changes: Comparison | undefined;
  /** Names of the files in the folder, the record first. */
  readonly files: readonly string[];
}

/**
 * Takes away what an earlier run left under the names that this one will write: were it killed, a green file of the run before
 * would stand beside its record.
 */
export function withdraw(folder: string, formats: readonly FormatName[]): void {
  for (const file of [EVIDENCE_NAME, ...formats.map((format) => FORMATS[format].file)])
    rmSync(join(folder, file), { force: true });
}

/** Writes the record of a run that ended in every format that was asked for, beside the record itself. */
export function publish(
  report: Report,
  folder: string,
  formats: readonly FormatName[],
  baseline: Report | undefined,
): Publication {
  const record = join(folder, RECORD_NAME);
  const changes = baseline === undefined ? undefined : compare(baseline, report);
  const beside = {
    ...(formats.includes('html') ? shownBeside(record, report) : {}),
    ...(changes === undefined ? {} : { changes }),
  };
  for (const format of formats) {
    const { file, render } = FORMATS[format];
    writeAtomically(join(folder, file), render(report, beside));
  }
  const files = [RECORD_NAME, EVIDENCE_NAME, ...formats.map((format) => FORMATS[format].file)];
  return { report, changes, files };
}

/**
 * What GitHub shows of a step: the summary on its page, and annotations, which it reads from the step's output. Returns what
 * is to be printed; nothing outside of GitHub's runners.
 */
export function onGitHub(
  { report, changes }: Publication,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (environment['GITHUB_ACTIONS'] !== 'true') return '';
  const summary = environment['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined) {
    appendFileSync(summary, FORMATS.markdown.render(report, changes === undefined ? {} : { changes }));
  }
  return FORMATS.annotations.render(report);
}

/**
 * The formats of `--format`, which are names between commas; `none` leaves the record alone.
 * @throws UsageError for a name that there is not
 */
export function formatsOf(list: string | undefined): readonly FormatName[] {
  if (list === undefined) return DEFAULT_FORMATS;
  if (list === 'none') return [];
  const names = list.split(',').map((name) => name.trim());
  return [...new Set(names.map(formatOf))];
}

function formatOf(name: string): FormatName {
  if (isFormatName(name)) return name;
  throw new UsageError(
    `There is no format ${JSON.stringify(name)}. Did you mean ${closest(name, [...FORMAT_NAMES])}? ` +
      `There are ${FORMAT_NAMES.join(', ')}.`,
  );
}
