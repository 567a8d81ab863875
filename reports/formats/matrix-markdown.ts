import { type Column, differsInObservation, type Matrix, nameOf, type Row } from '../matrix';
import { oneLine } from '../text';
import { cell, table } from './markdown-parts';

/** How much of an observation is shown, where only that tells the builds apart. */
const OBSERVATION = 160;

/** Builds as columns, rules as rows. */
export function matrixAsMarkdown({ columns, rows }: Matrix): string {
  const notes = columns.flatMap(noteOf);
  return [
    '# rfc3542: builds side by side\n',
    ...notes.map((note) => `> [!WARNING]\n> ${note}\n`),
    table(['rule', 'level', ...columns.map(headOf)]) +
      `| **result** | | ${columns.map(resultOf).join(' | ')} |\n` +
      rows.map((row) => rowOf(row, columns)).join(''),
  ].join('\n');
}

function headOf(column: Column): string {
  if ('unreadable' in column) return `⚠️ ${cell(oneLine(column.file, 200))}`;
  const { build, kernel } = nameOf(column.report);
  return `${column.whole ? '' : '⚠️ '}${cell(build)}<br>${cell(kernel)}`;
}

function noteOf(column: Column): string[] {
  if ('unreadable' in column) return [cell(oneLine(column.unreadable.message, 500))];
  return column.headline.warnings.map((warning) => cell(`${oneLine(column.file, 200)}: ${warning}`));
}

function resultOf(column: Column): string {
  return 'unreadable' in column ? `_${column.unreadable.kind}_` : cell(column.headline.title);
}

function rowOf(row: Row, columns: readonly Column[]): string {
  const { id, level, results } = row;
  const withObservation = differsInObservation(row);
  const verdicts = columns.map((column, index) => {
    const result = results[index];
    if (result === undefined) return 'report' in column ? '_absent_' : '';
    const verdict = result.unexpected ? `**${result.verdict}**` : result.verdict;
    return withObservation ? `${verdict}<br>${cell(oneLine(result.observed ?? '', OBSERVATION))}` : verdict;
  });
  return `| ${cell(id)} | ${level} | ${verdicts.join(' | ')} |\n`;
}
