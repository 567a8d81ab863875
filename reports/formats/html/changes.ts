import { type Change, CHANGE_WORDS, CHANGES, type Comparison, exitCodeOf, summaryOf } from '../../compare';
import type { Report, RuleResult } from '../../report';
import { oneLine } from '../../text';
import { gistOf } from '../account';
import { markup, type Markup } from './markup';
import { exhibitFigure } from './packet';
import { resembles } from './resembles';
import { page } from './shell';
import { badge } from './verdicts';

/** How many changes show their packets. */
const WITH_PACKETS = 50;

/** A comparison as a page of its own. */
export function changesAsHtml(comparison: Comparison): string {
  const { before, after } = comparison;
  const code = exitCodeOf(comparison);
  const outcome = code === 1 ? 'unexpected' : code === 3 ? 'incomplete' : 'expected';
  const title = code === 1 ? 'Something regressed' : code === 3 ? 'Less was tested' : 'Nothing regressed';
  return page(
    `rfc3542: ${title}`,
    markup`<header>
        <div class="verdict o-${outcome}">
          <p class="over">RFC 3542, two runs compared</p>
          <h1>${title}</h1>
          <p class="build">Before: ${buildOf(before)}</p>
          <p class="build">After: ${buildOf(after)}</p>
          ${resembles(after)}
        </div>
      </header>
      <main>${changesSection(comparison)}</main>`,
  );
}

function buildOf({ machine }: Report): string {
  return oneLine(`${machine.build}, kernel ${machine.kernel}`, 300);
}

/** The same as a part of the page of a run. */
export function changesSection(comparison: Comparison): Markup {
  const { fingerprint, warnings, changes } = comparison;
  let left = WITH_PACKETS;
  const row = (change: Change): Markup => changeOf(change, left-- > 0);
  return markup`<section class="changes" aria-labelledby="changes">
    <h2 id="changes">Changes</h2>
    <p>${summaryOf(comparison)}</p>
    ${warnings.map((warning) => markup`<p class="warning"><strong>Note</strong> ${warning}</p>`)}
    ${
      fingerprint.length === 0
        ? markup`<p>The fingerprints are the same.</p>`
        : markup`<div class="wide" tabindex="0" role="group" aria-label="Differences of the fingerprint">
            <table>
              <thead>
                <tr>
                  <th scope="col">fingerprint</th>
                  <th scope="col">before</th>
                  <th scope="col">after</th>
                </tr>
              </thead>
              <tbody>
                ${fingerprint.map(
                  ({ name, before, after }) =>
                    markup`<tr>
                      <th scope="row">${name}</th>
                      <td>${oneLine(before, 200)}</td>
                      <td>${oneLine(after, 200)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    ${CHANGES.map((kind) => {
      const own = changes.filter((change) => change.kind === kind);
      return (
        own.length > 0 &&
        markup`<h3>${kind} <span>${own.length}, ${CHANGE_WORDS[kind]}</span></h3>
          <ul class="change-list">
            ${own.map(row)}
          </ul>`
      );
    })}
  </section>`;
}

function changeOf({ id, before, after }: Change, withPackets: boolean): Markup {
  const rule = after ?? before;
  const exhibits = withPackets && after?.verdict === 'fail' ? after.exhibits.slice(0, 1) : [];
  return markup`<li>
    <p>
      <code class="id">${id}</code> <span class="level">${rule?.level}</span> ${sideOf(before)}
      <span aria-hidden="true">→</span><span class="hidden">then</span> ${sideOf(after)}
    </p>
    <p class="says">${oneLine(rule?.says ?? '', 500)}</p>
    ${gistLine('Before', before)}${gistLine('After', after)} ${exhibits.map(exhibitFigure)}
  </li> `;
}

function sideOf(rule: RuleResult | undefined): Markup {
  return rule === undefined ? markup`<span class="badge">absent</span>` : badge(rule.verdict);
}

function gistLine(name: string, rule: RuleResult | undefined): Markup | false {
  const gist = rule === undefined ? '' : gistOf(rule);
  return gist !== '' && markup`<p class="gist"><span>${name}</span> ${gist}</p>`;
}
