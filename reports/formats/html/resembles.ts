import { RESEMBLANCES, resemblances } from '../../headline';
import type { Report } from '../../report';
import { oneLine, plural } from '../../text';
import { linked } from './links';
import { markup, type Markup } from './markup';

/** The answer that many came for: what this looks like. */
export function resembles(report: Report): Markup | false {
  const found = resemblances(report);
  return (
    found.length > 0 &&
    markup`<ul class="resembles">${found
      .slice(0, RESEMBLANCES)
      .map(
        ({ reference, systems, link, rules }) =>
          markup`<li>Looks like <strong>${linked(reference, link)}</strong> in ${plural(rules, 'rule')} <span class="means">${oneLine(systems, 200)}</span></li>`,
      )}</ul>`
  );
}
