import type { Report, RuleResult } from '../../report';
import { documentName, sectionName, sectionNumber, type SectionRules, sectionsOf } from '../../sections';
import { oneLine } from '../../text';
import { markup, type Markup } from './markup';
import { LOOKS } from './verdicts';

/** More cells than this get a line of their own. */
const MANY = 10;

/** The RFC as a picture: every section a row, every rule a cell that leads to it; then what other documents add. */
export function coverage(report: Report): Markup {
  const documents = new Map<string, SectionRules[]>();
  for (const section of sectionsOf(report)) {
    const same = documents.get(section.document);
    if (same === undefined) documents.set(section.document, [section]);
    else same.push(section);
  }
  const [first, ...others] = [...documents].map(mapOf);
  return markup`<section class="coverage" aria-labelledby="coverage">
    <h2 id="coverage">Coverage</h2>
    ${first}
    <div class="others">${others}</div>
  </section>`;
}

function mapOf([document, sections]: readonly [string, readonly SectionRules[]]): Markup {
  return markup`<div class="document">
    <h3>${oneLine(documentName(document), 100)}</h3>
    <ul class="map${document === 'history' && ' unnumbered'}">
      ${sections.map(rowOf)}
    </ul>
  </div>`;
}

function rowOf(section: SectionRules): Markup {
  const { rules, title, without = 'Not selected.' } = section;
  return markup`<li${rules.length > MANY && markup` class="many"`}>
    <span class="number">${oneLine(sectionNumber(section), 40)}</span>
    <span class="title">${oneLine(title, 200)}</span>
    ${
      rules.length === 0
        ? markup`<span class="without">${oneLine(without, 300)}</span>`
        : markup`<span class="cells" role="group" aria-label="${sectionName(section)}">
            ${rules.map(cellOf)}
          </span>`
    }
  </li>`;
}

function cellOf({ id, verdict }: RuleResult): Markup {
  const says = `${id}: ${verdict}`;
  return markup`<a class="cell v-${LOOKS[verdict].name}" href="#${id}" title="${says}" aria-label="${says}"></a>`;
}
