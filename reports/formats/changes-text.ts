import pc from 'picocolors';
import { type Change, CHANGE_WORDS, CHANGES, type Comparison, summaryOf } from '../compare';
import type { RuleResult } from '../report';
import { oneLine } from '../text';
import { gistOf } from './account';

/** A comparison for a terminal; `colors` as the caller knows the terminal. */
export function changesAsText(comparison: Comparison, colors: boolean): string {
  const paint = pc.createColors(colors);
  const width = Math.max(0, ...comparison.fingerprint.map(({ name }) => name.length));
  const lines = [
    paint.bold(summaryOf(comparison)),
    ...comparison.warnings.map(paint.yellow),
    '',
    ...(comparison.fingerprint.length === 0
      ? ['The fingerprints are the same.']
      : comparison.fingerprint.map(
          ({ name, before, after }) =>
            `  ${name.padEnd(width)}  ${oneLine(before, 200)} → ${oneLine(after, 200)}`,
        )),
  ];
  for (const kind of CHANGES) {
    const changes = comparison.changes.filter((change) => change.kind === kind);
    if (changes.length === 0) continue;
    const color = kind === 'regressed' ? paint.red : kind === 'fixed' ? paint.green : paint.yellow;
    lines.push('', `${color(paint.bold(kind))} ${paint.dim(`(${CHANGE_WORDS[kind]})`)}`);
    lines.push(...changes.flatMap(linesOf));
  }
  return `${lines.join('\n')}\n`;
}

function linesOf({ id, before, after }: Change): string[] {
  const rule = after ?? before;
  return [
    `  ${id}  ${before?.verdict ?? '–'} → ${after?.verdict ?? '–'}  ${rule?.level.toUpperCase() ?? ''}`,
    ...(rule === undefined ? [] : [`      ${oneLine(rule.says, 300)}`]),
    ...sideOf('before', before),
    ...sideOf('after', after),
  ];
}

function sideOf(side: string, rule: RuleResult | undefined): string[] {
  const gist = rule === undefined ? '' : gistOf(rule);
  return gist === '' ? [] : [`      ${side.padEnd(6)}  ${gist}`];
}
