import type { Exhibit, Mark } from '../report';

const LINE = 16;

/** One byte as a reader sees it: two hexadecimal digits, the field it belongs to, and whether the other side differs there. */
export interface Cell {
  readonly hex: string;
  readonly field: string | undefined;
  readonly differs: boolean;
}

/** Sixteen bytes, or how many bytes were left out because they say nothing. */
export type Line =
  { readonly offset: number; readonly cells: readonly Cell[] } | { readonly omitted: number };

/**
 * The bytes in lines of sixteen. The first line, the last, and those near a short mark or a difference are shown; of a
 * field as long as a payload only its beginning is, or a jumbogram would fill the page.
 *
 * @param bytes lower-case hexadecimal without separators
 * @param other the bytes to compare with; without them nothing differs
 */
export function linesOf(bytes: string, marks: readonly Mark[], other?: string): readonly Line[] {
  const length = bytes.length / 2;
  const count = Math.ceil(length / LINE);
  const shown = new Set<number>([0, count - 1]);
  for (const at of placesToShow(bytes, marks, other)) {
    const line = Math.floor(at / LINE);
    for (const near of [line - 1, line, line + 1]) shown.add(near);
  }
  // A note in place of a single line would save nothing.
  const isShown = (line: number): boolean => shown.has(line) || (shown.has(line - 1) && shown.has(line + 1));
  const lines: Line[] = [];
  for (let line = 0; line < count; line += 1) {
    const last = lines.at(-1);
    if (isShown(line)) {
      lines.push({ offset: line * LINE, cells: cellsOf(bytes, line * LINE, marks, other) });
    } else if (last !== undefined && 'omitted' in last) {
      lines[lines.length - 1] = { omitted: last.omitted + LINE };
    } else {
      lines.push({ omitted: LINE });
    }
  }
  return lines;
}

/** How many differing places are looked for at most: two packets that have nothing in common differ everywhere. */
const MOST_DIFFERENCES = 64;

function placesToShow(bytes: string, marks: readonly Mark[], other: string | undefined): readonly number[] {
  const places = marks.flatMap(({ offset, length }) =>
    length === 0 ? [] : length <= 2 * LINE ? [offset, offset + length - 1] : [offset],
  );
  if (other === undefined) return places;
  for (let at = 0, found = 0; at < bytes.length && found < MOST_DIFFERENCES; at += 2) {
    if (bytes.slice(at, at + 2) === other.slice(at, at + 2)) continue;
    places.push(at / 2);
    found += 1;
  }
  return places;
}

function cellsOf(
  bytes: string,
  start: number,
  marks: readonly Mark[],
  other: string | undefined,
): readonly Cell[] {
  const end = Math.min(start + LINE, bytes.length / 2);
  return Array.from({ length: end - start }, (_, index) => {
    const at = start + index;
    const hex = bytes.slice(2 * at, 2 * at + 2);
    // The narrowest mark wins: a checksum lies within a header that may be marked too.
    const mark = marks
      .filter(({ offset, length }) => at >= offset && at < offset + length)
      .reduce<Mark | undefined>(
        (best, each) => (best === undefined || each.length < best.length ? each : best),
        undefined,
      );
    return {
      hex,
      field: mark?.field,
      differs: other !== undefined && other.slice(2 * at, 2 * at + 2) !== hex,
    };
  });
}

/** The bytes for a terminal or a log: offsets, hexadecimal, marked bytes in brackets. */
export function hexdump(bytes: string, marks: readonly Mark[]): string[] {
  const digits = offsetDigits(bytes);
  return linesOf(bytes, marks).map((line) => {
    if ('omitted' in line) return `${' '.repeat(digits)}  … ${line.omitted.toLocaleString('en-US')} bytes`;
    const cells = line.cells.map(({ hex, field }, index) => {
      const opens = field !== undefined && line.cells[index - 1]?.field !== field;
      const closes = field !== undefined && line.cells[index + 1]?.field !== field;
      return `${opens ? '[' : ''}${hex}${closes ? ']' : ''}`;
    });
    return `${line.offset.toString(16).padStart(digits, '0')}  ${cells.join(' ')}`;
  });
}

/** How many digits an offset into the bytes has: four, and five for the longest packets. */
export function offsetDigits(bytes: string): number {
  return Math.max(4, Math.max(0, bytes.length / 2 - 1).toString(16).length);
}

/** What a mark covers, in hexadecimal; empty where the packet is too short to have it. */
export function fieldOf(bytes: string, { offset, length }: Mark): string {
  return bytes.slice(2 * offset, 2 * (offset + length));
}

/** The marks of an exhibit that lie within its bytes. */
export function marksWithin({ actual, marks }: Exhibit): readonly Mark[] {
  return marks.filter(({ offset, length }) => length > 0 && 2 * offset < actual.length);
}
