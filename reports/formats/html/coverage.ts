import type { Report, RuleResult } from '../../report';
import { sectionName, type SectionRules, sectionsOf } from '../../sections';
import { oneLine } from '../../text';
import { markup, type Markup } from './markup';
import { LOOKS } from './verdicts';

/** More cells than this get a line of their own. */
const MANY = 10;

/** The RFC as a picture: every section a row, every rule a cell that leads to it. */
export function coverage(report: Report): Markup {
  const documents = new Map<string, SectionRules[]>();
  for (const section of sectionsOf(report)) {
    const same = documents.get(section.document);
    if (same === undefined) documents.set(section.document, [section]);
    else same.push(section);
  }
  return markup`<section class="coverage" aria-labelledby="coverage">
    <h2 id="coverage">Coverage</h2>
    ${[...documents].map(
      ([document, sections]) =>
        markup`<h3>${nameOf(document)}</h3>
          <ul class="map">
            ${sections.map(rowOf)}
          </ul>`,
    )}
  </section>`;
}

function nameOf(document: string): string {
  return oneLine(sectionName({ document, section: '' }).replace(/ §$/, ''), 100);
}

function rowOf(section: SectionRules): Markup {
  return markup`<li>
    <span class="number">${oneLine(section.section, 40)}</span>
    <span class="title">${oneLine(section.title, 200)}</span>
    ${
      section.rules.length === 0
        ? markup`<span class="without">${oneLine(section.without ?? 'no rules', 300)}</span>`
        : markup`<span class="cells${section.rules.length > MANY && ' many'}" role="group" aria-label="${sectionName(section)}">
            ${section.rules.map(cellOf)}
          </span>`
    }
  </li>`;
}

function cellOf({ id, verdict }: RuleResult): Markup {
  const says = `${id}: ${verdict}`;
  return markup`<a class="cell v-${LOOKS[verdict].name}" href="#${id}" title="${says}" aria-label="${says}"></a>`;
}
