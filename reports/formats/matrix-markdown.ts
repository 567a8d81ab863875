import type { Column, Matrix, Row } from '../matrix';
import { oneLine } from '../text';
import { cell, table } from './markdown-parts';

/** Builds as columns, rules as rows. */
export function matrixAsMarkdown({ columns, rows }: Matrix): string {
  const notes = columns.flatMap(noteOf);
  return [
    '# rfc3542: builds side by side\n',
    ...notes.map((note) => `> [!WARNING]\n> ${note}\n`),
    table(['rule', 'level', ...columns.map(nameOf)]) +
      `| **result** | | ${columns.map(resultOf).join(' | ')} |\n` +
      rows.map((row) => rowOf(row, columns)).join(''),
  ].join('\n');
}

function nameOf(column: Column): string {
  if ('unreadable' in column) return `⚠️ ${cell(oneLine(column.file, 200))}`;
  const { build, kernel } = column.report.machine;
  const mark = column.whole ? '' : '⚠️ ';
  return `${mark}${cell(oneLine(build, 100))}<br>${cell(oneLine(kernel, 100))}`;
}

function noteOf(column: Column): string[] {
  if ('unreadable' in column) return [cell(oneLine(column.unreadable.message, 500))];
  return column.headline.warnings.map((warning) => cell(`${oneLine(column.file, 200)}: ${warning}`));
}

function resultOf(column: Column): string {
  return 'unreadable' in column ? `_${column.unreadable.kind}_` : cell(column.headline.title);
}

function rowOf({ id, level, results }: Row, columns: readonly Column[]): string {
  const verdicts = columns.map((column, index) => {
    const result = results[index];
    if (result === undefined) return 'report' in column ? '_absent_' : '';
    return result.unexpected ? `**${result.verdict}**` : result.verdict;
  });
  return `| ${cell(id)} | ${level} | ${verdicts.join(' | ')} |\n`;
}
