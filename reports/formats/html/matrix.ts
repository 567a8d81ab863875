import { type Column, differsInObservation, type Matrix, nameOf, type Row } from '../../matrix';
import { type RuleResult, VERDICTS } from '../../report';
import { sectionName } from '../../sections';
import { oneLine, plural } from '../../text';
import { gistOf } from '../account';
import { markup, type Markup } from './markup';
import { page } from './shell';
import { LOOKS } from './verdicts';

/** How much is said of a cell: in it where only that tells the builds apart, else when a reader rests on it. */
const GIST = 160;

/** Builds side by side: columns are builds, rows are rules. */
export function matrixAsHtml(matrix: Matrix): string {
  const { columns, rows } = matrix;
  const differing = rows.filter(({ differs }) => differs);
  const alike = rows.filter(({ differs }) => !differs);
  return page(
    `rfc3542: ${plural(columns.length, 'build')}`,
    markup`<a class="skip" href="#rules">Skip to the rules</a>
      <header>
        <div class="verdict">
          <p class="over">RFC 3542, raw ICMPv6 sockets</p>
          <h1>${plural(columns.length, 'build')} side by side</h1>
          <p class="build">${plural(rows.length, 'rule')}, ${differing.length.toLocaleString('en-US')} with differences</p>
          ${columns.flatMap(notesOf)}
          <ul class="counts">
            ${VERDICTS.map(
              (verdict) =>
                markup`<li>
                  <span class="cell v-${LOOKS[verdict].name}" aria-hidden="true"></span>
                  <span>${verdict}<span class="means">${LOOKS[verdict].means}</span></span>
                </li>`,
            )}
          </ul>
        </div>
      </header>
      <main>
        <h2 id="rules" tabindex="-1">Rules</h2>
        <div class="wide" tabindex="0" role="group" aria-label="Rules by builds">
          <table class="matrix">
            <thead>
              <tr>
                <th scope="col">rule</th>
                ${columns.map(headOf)}
              </tr>
            </thead>
            ${bodyOf('The builds differ', differing, columns)} ${bodyOf('The builds agree', alike, columns)}
          </table>
        </div>
      </main>`,
  );
}

function notesOf(column: Column): Markup[] {
  const texts =
    'unreadable' in column
      ? [oneLine(column.unreadable.message, 500)]
      : column.headline.warnings.map((warning) => `${oneLine(column.file, 200)}: ${warning}`);
  return texts.map((text) => markup`<p class="warning"><strong>Note</strong> ${text}</p>`);
}

function headOf(column: Column): Markup {
  if ('unreadable' in column) {
    return markup`<th scope="col" class="lost">
      ${oneLine(column.file, 200)}<span class="means">${column.unreadable.kind}</span>
    </th>`;
  }
  const { headline, report, whole } = column;
  const { build, kernel } = nameOf(report);
  return markup`<th scope="col"${!whole && markup` class="lost"`} title="${oneLine(report.machine.kernel, 300)}">
    ${build}
    <span class="means">${kernel}</span>
    <span class="means o-${headline.outcome}">${headline.title}</span>
    ${!whole && markup`<span class="means">cut short</span>`}
  </th>`;
}

function bodyOf(title: string, rows: readonly Row[], columns: readonly Column[]): Markup | false {
  return (
    rows.length > 0 &&
    markup`<tbody>
      <tr class="part"><th scope="rowgroup" colspan="${columns.length + 1}">${title}</th></tr>
      ${rows.map((row, index) => [sectionRow(row, rows[index - 1], columns.length), rowOf(row, columns)])}
    </tbody>`
  );
}

function sectionRow(row: Row, before: Row | undefined, columns: number): Markup | false {
  if (before?.section === row.section && before.document === row.document) return false;
  return markup`<tr class="section">
    <th scope="rowgroup" colspan="${columns + 1}">${oneLine(sectionName(row), 100)} ${oneLine(row.sectionTitle, 200)}</th>
  </tr>`;
}

function rowOf(row: Row, columns: readonly Column[]): Markup {
  const { id, says, results } = row;
  const withObservation = differsInObservation(row);
  return markup`<tr id="${id}"><th scope="row" title="${oneLine(says, 300)}">${id}</th>${columns.map(
    (column, index) => cellOf(column, results[index], withObservation),
  )}</tr>
`;
}

function cellOf(column: Column, result: RuleResult | undefined, withObservation: boolean): Markup {
  if (result === undefined) {
    return 'report' in column ? markup`<td>absent</td>` : markup`<td class="lost"></td>`;
  }
  const { verdict } = result;
  const sign = markup`<span class="cell v-${LOOKS[verdict].name}"></span>${verdict}`;
  // A pass has nothing to add, and most of tens of thousands of cells are passes.
  if (verdict === 'pass') return markup`<td>${sign}</td>`;
  if (withObservation) {
    return markup`<td>${sign}<span class="means">${oneLine(result.observed ?? '', GIST)}</span></td>`;
  }
  return markup`<td title="${oneLine(gistOf(result), GIST)}">${sign}</td>`;
}
