import { escapeMarkup, json, oneLine, plural, printable, shortened, webLink, withoutCall } from './text';

test('what a terminal or a parser would act on is spelt out', () => {
  expect(printable('a\u0000\u001b[31m\u009b\u202e\ufeff\ufffe\r')).toBe(
    'a\\x00\\x1b[31m\\x9b\\u202e\\ufeff\\ufffe\\x0d',
  );
});

test('halves of a surrogate pair are spelt out, whole pairs stay', () => {
  expect(printable('\ud83d\ude00 \ud83d \ude00')).toBe('\ud83d\ude00 \\ud83d \\ude00');
});

test('tabs and lines stay, and a line that ends as on Windows ends as elsewhere', () => {
  expect(printable('a\tb\r\nc\n')).toBe('a\tb\nc\n');
});

test('a long text says how much is missing, and no character is cut in two', () => {
  expect(shortened('x'.repeat(1_000_005), 5)).toBe('xxxxx … (1,000,000 more characters)');
  expect(shortened('ab\ud83d\ude00', 3)).toBe('ab … (2 more characters)');
  expect(shortened('abc', 3)).toBe('abc');
});

test('one line is one line', () => {
  expect(oneLine(' a\n\n\tb ', 10)).toBe('a b');
});

test('markup and both quotes are escaped', () => {
  expect(escapeMarkup(`<a b="c" d='e'>&amp;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;');
});

test('JSON spells out what a terminal would act on, and means the same', () => {
  const value = { a: '\u009b2J\u202e\u007f', b: 'ä' };
  expect(json(value)).toBe('{\n "a": "\\u009b2J\\u202e\\u007f",\n "b": "ä"\n}\n');
  expect(JSON.parse(json(value))).toEqual(value);
});

test('what Node says of a failure, without the call and the path', () => {
  expect(withoutCall("EACCES: permission denied, open '/a, b'")).toBe('EACCES: permission denied');
  expect(withoutCall('ENOSPC: no space left on device, write')).toBe('ENOSPC: no space left on device');
});

test('only pages are linked', () => {
  expect(webLink('https://example.org/a?b')).toBe('https://example.org/a?b');
  expect(webLink('javascript:alert(1)')).toBeUndefined();
  expect(webLink('data:text/html,x')).toBeUndefined();
  expect(webLink('KB974927')).toBeUndefined();
});

test('one rule, two rules, thousands with a comma', () => {
  expect([plural(1, 'rule'), plural(0, 'rule'), plural(1234, 'entry', 'entries')]).toEqual([
    '1 rule',
    '0 rules',
    '1,234 entries',
  ]);
});
