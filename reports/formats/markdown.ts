import type { Comparison } from '../compare';
import { fingerprintOf } from '../fingerprint';
import { headlineOf, needsReader, RESEMBLANCES, resemblances, similarTo } from '../headline';
import { type Report, type RuleResult, type Verdict, VERDICTS } from '../report';
import { sectionName } from '../sections';
import { oneLine } from '../text';
import { accountOf, gistOf } from './account';
import { addChanges } from './changes-markdown';
import { cell, fenced, table, WithinBudget } from './markdown-parts';

const SYMBOL = { unexpected: '❌', incomplete: '⚠️', expected: '✅' } as const;

/**
 * A summary in GitHub's Markdown: the result, what changed, what needs a reader with everything that was seen, and only then
 * the rest. What does not fit within the budget is counted and left out, whatever the record holds.
 */
export function markdown(report: Report, changes?: Comparison): string {
  const { outcome, title, warnings } = headlineOf(report);
  const { build, kernel } = report.machine;
  const page = new WithinBudget();
  page.add(`# ${SYMBOL[outcome]} rfc3542: ${cell(title)}\n`);
  page.add(`Build: ${cell(oneLine(build, 200))}, kernel ${cell(oneLine(kernel, 200))}\n`);
  for (const warning of warnings) page.add(`> [!WARNING]\n> ${cell(warning)}\n`);
  for (const each of resemblances(report).slice(0, RESEMBLANCES)) page.add(`${cell(similarTo(each))}\n`);
  page.add(countsTable(report));
  if (changes !== undefined) addChanges(page, changes, '##');

  page.list('## Needs a reader\n\n', needsReader(report), detailed);
  page.list(
    `## Known deviations\n\n${table(['rule', 'what is known'])}`,
    withVerdict(report, 'known'),
    (rule) => `| ${cell(rule.id)} | ${cell(gistOf(rule))} |\n`,
  );
  page.list(
    `## Untested\n\n${table(['rules', 'reason'])}`,
    reasonsOf(withVerdict(report, 'untested')),
    ([reason, rules]) => `| ${rules.map(({ id }) => cell(id)).join('<br>')} | ${cell(reason)} |\n`,
  );
  page.list(
    `## Observed\n\n${table(['rule', 'what the host does where the RFC leaves it open'])}`,
    withVerdict(report, 'observed'),
    (rule) => `| ${cell(rule.id)} | ${cell(gistOf(rule))} |\n`,
  );
  page.list(
    `## Fingerprint\n\n${table(['', ''])}`,
    fingerprintOf(report),
    ({ name, value }) => `| ${cell(name)} | ${cell(oneLine(value, 500))} |\n`,
  );
  return page.text;
}

function withVerdict({ rules }: Report, verdict: Verdict): readonly RuleResult[] {
  return rules.filter((rule) => rule.verdict === verdict);
}

function countsTable({ counts }: Report): string {
  const shown = VERDICTS.filter((verdict) => counts[verdict] > 0);
  if (shown.length === 0) return '';
  return `${table(shown)}| ${shown.map((verdict) => String(counts[verdict])).join(' | ')} |\n`;
}

function detailed(rule: RuleResult): string {
  const head = `${cell(rule.id)} · ${rule.level.toUpperCase()} · ${rule.verdict}`;
  const place = `Section: ${cell(sectionName(rule))} ${cell(oneLine(rule.sectionTitle, 200))}`;
  return `### ${head}\n\n${place}\n\n${fenced(accountOf(rule).join('\n'))}\n`;
}

/** Rules that are untested for the same reason, together: one missing privilege can cost a hundred of them. */
function reasonsOf(rules: readonly RuleResult[]): readonly (readonly [string, readonly RuleResult[]])[] {
  const reasons = new Map<string, RuleResult[]>();
  for (const rule of rules) {
    const reason = oneLine(rule.reason ?? '', 500);
    const same = reasons.get(reason);
    if (same === undefined) reasons.set(reason, [rule]);
    else same.push(rule);
  }
  return [...reasons];
}
