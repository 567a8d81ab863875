// What came from a packet or from the system may hold anything. These functions make it safe to look at; each format then
// escapes what is special in it alone.

/**
 * Characters that would act on a terminal, a parser or the direction of a line, rather than be seen: the controls (but for
 * tab and line feed), the bidirectional controls, the separators of lines and paragraphs, halves of surrogate pairs, and
 * what is no character at all. XML 1.0 cannot even hold most of them.
 */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with every invisible character spelt out, such as `\x1b` or `\u202e`; tabs and line feeds stay. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** The value as indented JSON, in which the invisible characters of its texts are escapes: what a reader gets is the same. */
export function json(value: unknown): string {
  const escaped = JSON.stringify(value, null, 1).replace(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}

/** At most `limit` UTF-16 units of a printable text, and how many were left out. */
export function shortened(text: string, limit: number): string {
  // Cut first: nothing is gained by spelling out a megabyte of which a line is shown.
  if (text.length <= limit) return printable(text);
  const splits = /[\ud800-\udbff]/.test(text.charAt(limit - 1));
  const kept = text.slice(0, splits ? limit - 1 : limit);
  return `${printable(kept)} … (${(text.length - kept.length).toLocaleString('en-US')} more characters)`;
}

/** The same on one line: every run of white space becomes one space. */
export function oneLine(text: string, limit: number): string {
  return shortened(text, limit).replace(/\s+/g, ' ').trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For the text and the quoted attributes of XML and HTML. The text must be printable already. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The link, if it leads to a page: a record must not be able to run a script through one. */
export function webLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { protocol, href } = new URL(link);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** What Node says of a failed system call without its last part, the call and the path: `EACCES: permission denied`. */
export function withoutCall(message: string): string {
  return message.replace(/, \w+( '.*)?$/s, '');
}

/** `1 rule`, `2 rules`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
