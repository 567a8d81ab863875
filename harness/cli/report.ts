import { FORMATS } from '../../reports/formats';
import type { FormatName } from '../../reports/formats/names';
import { plain } from '../../reports/formats/plain';
import { EXIT } from '../rules/verdict';
import { type Answer, openRecord, shownBeside } from './record';

export type ReportFormat = FormatName | 'text';

/**
 * A stored record in another format; nothing is run. Without a format it is text for a terminal.
 * @throws UsageError for a record that cannot be read
 */
export function reportOfFile(
  file: string,
  { format, colors }: { readonly format: ReportFormat; readonly colors: boolean },
): Answer {
  const report = openRecord(file);
  if (format === 'text') return { output: plain(report, colors), exitCode: EXIT.expected };
  // Only a page shows more than the record.
  const beside = format === 'html' ? shownBeside(file, report) : {};
  return { output: FORMATS[format].render(report, beside), exitCode: EXIT.expected };
}
