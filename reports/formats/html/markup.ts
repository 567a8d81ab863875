import { escapeMarkup, printable } from '../../text';

/** HTML that is known to be safe. Only `markup` makes it, so that text can never become markup by being forgotten. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | Markup | undefined | false | readonly Part[];

/**
 * A template of HTML. Whatever is put into it is escaped, unless it is markup itself; nothing is written for `undefined` and
 * `false`. Attribute values must be quoted in the template. Indentation in the template is left out: it is for readers of
 * the code, and would be a third of a page.
 */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let strings = unindented.get(template);
  if (strings === undefined) {
    strings = template.map((string) => string.replace(/\n\s*/g, '\n'));
    unindented.set(template, strings);
  }
  return new Markup(strings.reduce((text, string, index) => text + write(parts[index - 1]) + string));
}

const unindented = new WeakMap<TemplateStringsArray, readonly string[]>();

function write(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(write).join('');
  return escapeMarkup(printable(String(part)));
}
