import type { EvidencePacket } from '../../evidence';
import type { Exhibit, Mark } from '../../report';
import { oneLine, plural } from '../../text';
import { fieldOf, linesOf, marksWithin, offsetDigits, type Cell, type Line } from '../bytes';
import { fieldsOf, packetIn } from './dissect';
import { markup, type Markup } from './markup';

/** How many fields of an exhibit are listed. */
const FIELDS = 24;

/** Within so many bytes the headers of a packet are looked for. */
const HEADERS = 4096;

/** The bytes that decided, field by field and as they were on the wire; what was expected stands beside what came. */
export function exhibitFigure(exhibit: Exhibit): Markup {
  const { actual, expected } = exhibit;
  const marks = marksWithin(exhibit).slice(0, FIELDS);
  const title = oneLine(exhibit.title, 300) || 'Packet';
  return markup`<figure class="packet">
    <figcaption>${title} · ${plural(actual.length / 2, 'byte')}</figcaption>
    <div class="sides">
      ${expected !== undefined && side('Expected', expected, marks, actual, title)}
      ${side('Observed', actual, marks, expected, title)}
    </div>
    ${marks.length > 0 && fieldTable(marks, actual, expected)}
  </figure>`;
}

/** A packet of the evidence with all of its fields. `since` is in microseconds. */
export function evidenceFigure(number: number, packet: EvidencePacket, since: bigint): Markup {
  const ipv6 = packetIn(packet);
  const bytes = ipv6 ?? packet.frame;
  const marks = ipv6 === undefined ? [] : fieldsOf(ipv6);
  const seconds = (Number(packet.time - since) / 1e6).toFixed(6);
  const title = `Packet ${String(number)}`;
  return markup`<figure class="packet">
    <figcaption>${title} · ${seconds} s · ${plural(bytes.length, 'byte')}</figcaption>
    ${pane(title, bytes.toString('hex'), marks)}
  </figure>`;
}

function side(
  name: string,
  bytes: string,
  marks: readonly Mark[],
  other: string | undefined,
  title: string,
): Markup {
  // Only the beginning of a packet holds headers; a jumbogram need not be decoded to be shown.
  const context = fieldsOf(Buffer.from(bytes.slice(0, 2 * HEADERS), 'hex'));
  return markup`<div class="side">
    <p class="side-name">${name}</p>
    ${pane(`${name}: ${title}`, bytes, [...marks, ...context], other)}
  </div>`;
}

/** It scrolls sideways on a narrow screen, so a keyboard must be able to reach it. */
function pane(label: string, bytes: string, marks: readonly Mark[], other?: string): Markup {
  const lines = linesOf(bytes, marks, other);
  const digits = offsetDigits(bytes);
  return markup`<pre class="bytes" tabindex="0" role="group" aria-label="${label}">
${lines.length === 0 ? 'no bytes' : lines.map((line) => lineOf(line, digits))}</pre>`;
}

function lineOf(line: Line, digits: number): Markup {
  if ('omitted' in line)
    return markup`<small>${`${' '.repeat(digits)}  … ${plural(line.omitted, 'byte')}`}</small>${'\n'}`;
  const offset = line.offset.toString(16).padStart(digits, '0');
  return markup`<i>${offset}</i>  ${runs(line.cells).map(runOf)}${'\n'}`;
}

/** Neighbours of one field in one element: a packet has many bytes and few fields. */
function runs(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const found: Cell[][] = [];
  for (const cell of cells) {
    const last = found.at(-1);
    const [first] = last ?? [];
    if (last !== undefined && first?.field === cell.field && first?.differs === cell.differs) last.push(cell);
    else found.push([cell]);
  }
  return found;
}

function runOf(cells: readonly Cell[], index: number): Markup {
  const space = index === 0 ? '' : ' ';
  const text = cells.map(({ hex }) => hex).join(' ');
  const [first] = cells;
  const inner = first?.differs === true ? markup`<b>${text}</b>` : text;
  if (first?.field === undefined) return markup`${space}${inner}`;
  const name = oneLine(first.field, 100);
  return markup`${space}<span class="f ${kindOf(first.field)}" title="${name}">${inner}</span>`;
}

/** Fields that readers look for have a look of their own. */
const KINDS: Readonly<Record<string, string>> = {
  'next header': '',
  source: 'f-addr',
  destination: 'f-addr2',
  type: 'f-type',
  code: 'f-code',
  checksum: 'f-sum',
  body: 'f-body',
  payload: 'f-body',
};

function kindOf(field: string): string {
  return Object.hasOwn(KINDS, field) ? (KINDS[field] ?? '') : field.endsWith('header') ? 'f-ext' : '';
}

/** What the colours mean, once for all packets of a page. */
export function legend(): Markup {
  const fields = [...Object.keys(KINDS).filter((field) => field !== 'payload'), 'extension header'];
  return markup`<p class="legend">
    Bytes of a packet: ${fields.map((field) => markup`<span class="f ${kindOf(field)}">${field}</span> `)}
    <b>expected otherwise</b>
  </p>`;
}

function fieldTable(marks: readonly Mark[], actual: string, expected: string | undefined): Markup {
  return markup`<table class="fields">
    <thead>
      <tr>
        <th scope="col">field</th>
        <th scope="col">at</th>
        ${expected !== undefined && markup`<th scope="col">expected</th>`}
        <th scope="col">observed</th>
      </tr>
    </thead>
    <tbody>
      ${marks.map((mark) => {
        const [was, is] = [
          expected === undefined ? undefined : fieldOf(expected, mark),
          fieldOf(actual, mark),
        ];
        return markup`<tr>
          <th scope="row">
            <span class="f ${kindOf(mark.field)}">${oneLine(mark.field, 100) || '(no name)'}</span>
          </th>
          <td>${mark.offset}</td>
          ${was !== undefined && markup`<td><code>${value(was)}</code></td>`}
          <td><code>${was !== undefined && was !== is ? markup`<b>${value(is)}</b>` : value(is)}</code></td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function value(hex: string): string {
  if (hex === '') return 'none';
  return hex.length <= 64 ? `0x${hex}` : `0x${hex.slice(0, 32)}… (${plural(hex.length / 2, 'byte')})`;
}
