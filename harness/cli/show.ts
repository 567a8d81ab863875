import { NEEDS } from '../lab/needs';
import { levelOf } from '../rules/catalogue';
import { buildsOf } from '../rules/deviations';
import { OPT_INS } from '../rules/rule';
import { SelectionError, select } from '../rules/selection';
import { loadSuite } from '../run/suite';

/** What a rule requires, what it covers, how it observes, and what is known about it. @throws SelectionError */
export function show(id: string): string {
  const suite = loadSuite();
  const rule = suite.rules.find((candidate) => candidate.id === id);
  if (rule === undefined) {
    const several = select(suite.rules, [id]);
    throw new SelectionError(`There is no rule ${id}. Did you mean ${several[0]?.id ?? ''}?`);
  }
  const rows = rule.covers.flatMap((row) => suite.catalogue.requirements.get(row) ?? []);
  const known = suite.deviations.filter((deviation) => deviation.rule === rule.id);
  return [
    `${rule.id}  (${levelOf(suite.catalogue, rule)})`,
    `Section ${rule.section.id}, ${rule.section.title}`,
    '',
    rule.says,
    '',
    'Covers',
    ...rows.map((row) => `  ${row.id}  ${row.statement}`),
    '',
    'Observes',
    ...rows.map((row) => `  ${row.id}  ${row.observe}`),
    ...rule.needs.map((need) => `  needs ${NEEDS[need]}`),
    ...(rule.onlyWith === undefined
      ? []
      : [`  runs only with --${rule.onlyWith}: it ${OPT_INS[rule.onlyWith]}`]),
    '',
    'Known',
    ...rows.flatMap((row) =>
      Object.entries(row.expected).map(([system, text]) => `  ${row.id}  ${system}: ${text}`),
    ),
    ...rows.filter(({ notes }) => notes !== '').map((row) => `  ${row.id}  ${row.notes}`),
    ...known.map(
      (deviation) =>
        `  deviation of ${deviation.platform} ${buildsOf(deviation)}: ${deviation.observed}. ${deviation.reason} ${deviation.link}`,
    ),
    '',
  ].join('\n');
}
