import { headlineOf, needsReader } from '../headline';
import type { Report, RuleResult } from '../report';
import { oneLine, plural, printable } from '../text';
import { gistOf } from './account';

/** GitHub shows no more of a step. */
const MOST = 10;

/**
 * Workflow commands that make GitHub annotate a run: an error for each result that turned it red, warnings for what has no
 * result. Ten at most; when there are more, the last says how many are missing.
 */
export function annotations(report: Report): string {
  const rules = needsReader(report).filter(({ unexpected, verdict }) => unexpected || verdict === 'broken');
  const lines = rules.map(annotationOf);
  const warnings = headlineOf(report).warnings.map((text) => command('warning', 'rfc3542', text));
  const all = [...lines, ...warnings, ...missingResults(report)];
  if (all.length <= MOST) return lines.length + all.length === 0 ? '' : `${all.join('\n')}\n`;
  const shown = all.slice(0, MOST - 1);
  const more = `${plural(all.length - shown.length, 'more result')} to look at; the report has them all.`;
  const kind = shown.some((line) => line.startsWith('::error')) ? 'error' : 'warning';
  return `${[...shown, command(kind, 'rfc3542', more)].join('\n')}\n`;
}

function annotationOf(rule: RuleResult): string {
  const level = rule.unexpected ? 'error' : 'warning';
  const text = `${oneLine(rule.says, 300)}\n${gistOf(rule)}`;
  return command(level, `${rule.id}: ${rule.verdict}`, text);
}

function missingResults({ counts }: Report): string[] {
  const parts = (['not run', 'untested'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${plural(counts[verdict], 'rule')} ${verdict}`);
  return parts.length === 0 ? [] : [command('warning', 'rfc3542: incomplete', parts.join(', '))];
}

function command(level: 'error' | 'warning', title: string, message: string): string {
  return `::${level} title=${property(title)}::${data(message)}`;
}

/** A message ends with its line, so its own line ends are encoded, and with them the sign that encodes. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** In a property a colon and a comma would end it. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
