import { levelOf } from '../rules/catalogue';
import { select } from '../rules/selection';
import { coverage } from './coverage';
import { loadSuite } from '../run/suite';

/** Rules by id, level, section and requirement. @throws SelectionError */
export function list(selectors: readonly string[], options: { json: boolean; coverage: boolean }): string {
  const suite = loadSuite();
  if (options.coverage) return coverage(suite);
  const rules = select(suite.rules, selectors).map((rule) => ({
    id: rule.id,
    level: levelOf(suite.catalogue, rule),
    section: rule.section.id,
    title: rule.section.title,
    says: rule.says,
    covers: rule.covers,
    needs: rule.needs,
    ...(rule.onlyWith === undefined ? {} : { onlyWith: rule.onlyWith }),
  }));
  if (options.json) return `${JSON.stringify(rules, null, 2)}\n`;
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, level, says, onlyWith }) => {
      const leave = onlyWith === undefined ? '' : `  (only with --${onlyWith})`;
      return `${id.padEnd(width)}  ${level.padEnd(11)}  ${says}${leave}\n`;
    })
    .join('');
}
