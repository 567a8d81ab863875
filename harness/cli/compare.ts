import { compare, type Comparison, exitCodeOf } from '../../reports/compare';
import { changesAsJson } from '../../reports/formats/changes-json';
import { changesAsMarkdown } from '../../reports/formats/changes-markdown';
import { changesAsText } from '../../reports/formats/changes-text';
import { changesAsHtml } from '../../reports/formats/html/changes';
import { type Answer, openRecord } from './record';

export type ComparisonFormat = 'text' | 'markdown' | 'json' | 'html';

/**
 * What changed from one record to the other. Exits 1 when something regressed, and 3 when nothing did but less was tested.
 * @throws UsageError for a record that cannot be read
 */
export function compareFiles(
  before: string,
  after: string,
  { format, colors }: { readonly format: ComparisonFormat; readonly colors: boolean },
): Answer {
  const comparison = compare(openRecord(before), openRecord(after));
  return { output: render(comparison, format, colors), exitCode: exitCodeOf(comparison) };
}

function render(comparison: Comparison, format: ComparisonFormat, colors: boolean): string {
  switch (format) {
    case 'text':
      return changesAsText(comparison, colors);
    case 'markdown':
      return changesAsMarkdown(comparison);
    case 'json':
      return changesAsJson(comparison);
    case 'html':
      return changesAsHtml(comparison);
  }
}
