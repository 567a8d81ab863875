import { matrixAsHtml } from '../../reports/formats/html/matrix';
import { matrixAsMarkdown } from '../../reports/formats/matrix-markdown';
import { chosen, matrixOf, readColumns } from '../../reports/matrix';
import { EXIT } from '../rules/verdict';
import type { Answer } from './record';

export type MatrixFormat = 'markdown' | 'html';

/** Builds side by side. Exits 3 when a record cannot be read or is cut short: the page then marks its column. */
export function matrixOfFiles(
  files: readonly string[],
  { format, differences }: { readonly format: MatrixFormat; readonly differences: boolean },
): Answer {
  const matrix = chosen(matrixOf(readColumns(files)), differences);
  const whole = matrix.columns.every((column) => 'report' in column && column.whole);
  return {
    output: format === 'html' ? matrixAsHtml(matrix) : matrixAsMarkdown(matrix),
    exitCode: whole ? EXIT.expected : EXIT.incomplete,
  };
}
