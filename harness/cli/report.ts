import { FORMATS } from '../../reports/formats';
import type { FormatName } from '../../reports/formats/names';
import { plain } from '../../reports/formats/plain';
import { EXIT } from '../rules/verdict';
import { type Answer, evidenceBeside, openRecord } from './record';

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
  // Only a page shows the packets themselves.
  const evidence = format === 'html' ? evidenceBeside(file, report) : undefined;
  const beside = typeof evidence === 'object' ? { evidence } : {};
  return { output: FORMATS[format].render(report, beside), exitCode: EXIT.expected };
}
