import { type Change, CHANGE_WORDS, CHANGES, type Comparison, summaryOf } from '../compare';
import type { RuleResult } from '../report';
import { oneLine } from '../text';
import { gistOf } from './account';
import { cell, table, WithinBudget } from './markdown-parts';

/** In bytes, for each kind of change: two reports that have nothing in common leave room for what else there is to say. */
const SHARE = 48 * 1024;

/** A comparison in GitHub's Markdown. */
export function changesAsMarkdown(comparison: Comparison): string {
  const page = new WithinBudget();
  addChanges(page, comparison, '#');
  return page.text;
}

/** The same as a part of a page, under a heading of the given depth. */
export function addChanges(page: WithinBudget, comparison: Comparison, heading: '#' | '##'): void {
  page.add(`${heading} Changes: ${cell(summaryOf(comparison))}\n`);
  for (const text of comparison.warnings) page.add(`> [!WARNING]\n> ${cell(text)}\n`);
  if (comparison.fingerprint.length === 0) page.add('The fingerprints are the same.\n');
  page.list(
    table(['fingerprint', 'before', 'after']),
    comparison.fingerprint,
    ({ name, before, after }) =>
      `| ${cell(name)} | ${cell(oneLine(before, 200))} | ${cell(oneLine(after, 200))} |\n`,
    SHARE,
  );
  for (const kind of CHANGES) {
    const changes = comparison.changes.filter((change) => change.kind === kind);
    page.list(
      `${heading}# ${kind} (${String(changes.length)})\n\n${CHANGE_WORDS[kind]}\n\n` +
        table(['rule', 'level', 'before', 'after']),
      changes,
      rowOf,
      SHARE,
    );
  }
}

function rowOf({ id, before, after }: Change): string {
  return `| ${cell(id)} | ${(after ?? before)?.level ?? ''} | ${sideOf(before)} | ${sideOf(after)} |\n`;
}

function sideOf(rule: RuleResult | undefined): string {
  if (rule === undefined) return '–';
  const gist = gistOf(rule);
  return `**${rule.verdict}**${gist === '' ? '' : ` ${cell(gist)}`}`;
}
