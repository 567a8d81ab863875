import { plural, printable } from '../text';

/** A text for a table cell or for within a line: nothing in it is taken for Markdown or HTML. */
export function cell(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#|~&!$]/g, '\\$&');
}

/** A block in which nothing is Markdown: its fence is longer than any in the text. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${printable(text)}\n${fence}\n`;
}

/** The first two lines of a table. */
export function table(columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |\n|${columns.map(() => ' --- |').join('')}\n`;
}

/** A text that grows up to a number of bytes and no further, and then says what it left out. */
export class WithinBudget {
  #text = '';
  /** A step summary of GitHub may have 1 MiB; half of it leaves room for what other steps write. */
  #left = 512 * 1024;

  get text(): string {
    return this.#text;
  }

  add(part: string): boolean {
    const bytes = Buffer.byteLength(part) + 1;
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    this.#text += `${part}\n`;
    return true;
  }

  /**
   * A heading and its entries, as many as fit, in at most `share` bytes. What did not is counted under them; of an empty
   * list nothing is written.
   */
  list<T>(heading: string, entries: readonly T[], entry: (each: T) => string, share = Infinity): void {
    if (entries.length === 0) return;
    // Room for the note is set aside, so that it always fits.
    const reserve = Buffer.byteLength(moreOf(entries.length)) + 1;
    const parts: string[] = [];
    let bytes = Buffer.byteLength(heading) + reserve;
    for (const each of entries) {
      const part = entry(each);
      bytes += Buffer.byteLength(part);
      if (bytes + 1 > Math.min(this.#left, share)) break;
      parts.push(part);
    }
    const missing = entries.length - parts.length;
    this.add(heading + parts.join('') + (missing === 0 ? '' : moreOf(missing)));
  }
}

function moreOf(left: number): string {
  return `\n_${plural(left, 'more entry', 'more entries')} did not fit here; the report has them all._\n`;
}
