import { compare } from '../compare';
import { readBy } from './golden/consumer';
import { expectGolden } from './golden/golden';
import { clean, HOSTILE, record, withRules } from './golden/record';
import { markdown } from './markdown';
import { cell, fenced, WithinBudget } from './markdown-parts';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

test('the golden file', () => {
  expectGolden(markdown(record, compare(clean, record)), 'markdown.golden.md');
});

test('failures and changes come before everything else', () => {
  const text = markdown(record, compare(clean, record));
  const places = ['## Changes', '## Needs a reader', '## Known deviations', '## Untested', '## Fingerprint'];
  const found = places.map((heading) => text.indexOf(heading));
  expect(found).not.toContain(-1);
  expect(found).toEqual([...found].sort((one, other) => one - other));
});

test('it stays under 1 MiB with ten thousand failures, and says what it leaves out', () => {
  const [failure] = record.rules;
  if (failure === undefined) throw new Error('The record has rules');
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    ...failure,
    id: `3.1.rule-${String(index)}`,
    observed: '漢'.repeat(5000),
  }));
  const text = markdown(withRules(record, many), compare(clean, withRules(record, many)));
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  const shown = text.match(/^### 3\.1\./gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(10);
  expect(text).toContain(`_${(10_000 - shown).toLocaleString('en-US')} more entries did not fit here`);
});

test('a run of which nothing is known is not shown in green', () => {
  expect(markdown(withRules(record, []))).toMatch(/^# ⚠️ rfc3542: Nothing was tested\n/);
  expect(markdown(clean)).toMatch(/^# ✅ rfc3542: As expected, with 1 known deviation\n/);
  expect(markdown(record)).toMatch(/^# ❌ rfc3542: 4 rules fail, 1 stale deviation\n/);
});

test('a fence is longer than any in the text', () => {
  expect(fenced('a\n````\nb')).toBe('`````text\na\n````\nb\n`````\n');
});

test('an entry that does not fit is not begun, and a part that is too long is left out whole', () => {
  const page = new WithinBudget();
  page.list('# h\n', ['a'.repeat(20), 'b'.repeat(80)], (text) => text, 120);
  expect(page.text).toBe(
    `# h\n${'a'.repeat(20)}\n_1 more entry did not fit here; the report has them all._\n\n`,
  );
  expect(page.add('x'.repeat(1024 * 1024))).toBe(false);
});

const extensions = ['table', 'strikethrough', 'autolink', 'tagfilter'].flatMap((name) => ['-e', name]);

readBy('cmark-gfm', 'cmark-gfm', 'shows hostile text as text', (run) => {
  const { output } = run(extensions, { input: `| a | b |\n|---|---|\n| ${cell(HOSTILE)} | end |\n` });
  expect(output.match(/<td>/g)).toHaveLength(2);
  expect(output).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(output).not.toMatch(/<(script|em|strong|code|a|del)\b/);
});

readBy('cmark-gfm', 'cmark-gfm', 'finds the tables, the headings and one block for each rule', (run) => {
  const { output, status } = run(extensions, { input: markdown(record, compare(clean, record)) });
  expect(status).toBe(0);
  const headings = [...output.matchAll(/<h[123]>(.*?)<\/h[123]>/g)].map(([, text]) => text);
  expect(headings).toContain('3.1.kernel-fills-checksum · MUST · fail');
  expect(headings.filter((text) => text?.includes(' · '))).toHaveLength(8);
  expect(output.match(/<pre lang="text">|<pre><code class="language-text">/g)).toHaveLength(8);
  expect(output.match(/<table>/g)).toHaveLength(7);
  expect(output).not.toContain('<script>');
});
