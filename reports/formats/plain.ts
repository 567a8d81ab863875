import pc from 'picocolors';
import { headlineOf, needsReader, resemblances, similarTo } from '../headline';
import { type Report, VERDICTS } from '../report';
import { oneLine } from '../text';
import { accountOf } from './account';

/** A record for a terminal: the result, and everything that needs a reader. `colors` as the caller knows the terminal. */
export function plain(report: Report, colors: boolean): string {
  const paint = pc.createColors(colors);
  const { outcome, title, warnings } = headlineOf(report);
  const color = { unexpected: paint.red, incomplete: paint.yellow, expected: paint.green }[outcome];
  const counts = VERDICTS.filter((verdict) => report.counts[verdict] > 0).map(
    (verdict) => `${String(report.counts[verdict])} ${verdict}`,
  );
  const { build, kernel } = report.machine;
  return [
    ...needsReader(report).flatMap((rule) => [
      `${paint.bold(rule.id)}  ${rule.level.toUpperCase()}  ${rule.verdict.toUpperCase()}`,
      ...accountOf(rule).map((line) => `  ${line}`),
      '',
    ]),
    color(paint.bold(title)),
    ...warnings.map(paint.yellow),
    ...resemblances(report).map(similarTo),
    `${oneLine(build, 200)}, kernel ${oneLine(kernel, 200)}`,
    counts.join(', '),
    '',
  ].join('\n');
}
