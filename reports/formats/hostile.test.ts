// Records come from other machines, and everything in them may have been chosen by somebody: a record in which every text that
// its schema leaves free is hostile, in every format.

import { compare } from '../compare';
import { decodeEvidence } from '../evidence';
import { columnOf, matrixOf } from '../matrix';
import { parseReport } from '../read';
import type { Report } from '../report';
import { verify } from '../verify';
import { changesAsJson } from './changes-json';
import { changesAsMarkdown } from './changes-markdown';
import { changesAsText } from './changes-text';
import { readBy } from './golden/consumer';
import { evidenceOf } from './golden/evidence';
import { clean, HOSTILE, record, withRules } from './golden/record';
import { changesAsHtml } from './html/changes';
import { inBrowser, Stage } from './html/browser';
import { matrixAsHtml } from './html/matrix';
import { FORMATS } from './index';
import { matrixAsMarkdown } from './matrix-markdown';
import { FORMAT_NAMES } from './names';
import { plain } from './plain';

jest.setTimeout(60_000);

/** Texts that the schema ties down. */
const TIED = ['schema', 'id', 'level', 'verdict', 'started', 'finished', 'catalogue', 'sha256', 'actual'];

function hostile<T>(value: T, key = ''): T {
  if (typeof value === 'string')
    return (TIED.includes(key) || /^[0-9a-f]+$/.test(value) ? value : HOSTILE) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => hostile(each, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, hostile(each as unknown, name)]);
  return Object.fromEntries(entries) as T;
}

const FILE = `${HOSTILE.replaceAll(/[/\\\0]/g, '')}.pcapng`;
const report: Report = (() => {
  const bad = hostile({ ...record, run: { ...record.run, selectors: [''], defects: [''] } });
  const figures = JSON.parse(`{ "__proto__": 1e308, ${JSON.stringify(HOSTILE)}: -1e308 }`) as Record<
    string,
    number
  >;
  const rules = bad.rules.map((rule) => ({ ...rule, figures }));
  const packets = { file: FILE, count: Number.MAX_SAFE_INTEGER, sha256: '0'.repeat(64) };
  const sealed = withRules(bad, rules, { packets });
  // Its schema allows all of it.
  return parseReport(JSON.stringify(sealed), 'hostile.json');
})();
const changes = compare(clean, report);
const columns = [columnOf('clean.json', clean), columnOf(FILE, report)];
const evidence = decodeEvidence(evidenceOf(record), 'wire.pcapng');

const outputs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    FORMAT_NAMES.map((name) => [name, FORMATS[name].render(report, { changes, evidence })]),
  ),
  text: plain(report, false),
  verify: verify(report, { evidence: `Its evidence ${FILE} is missing.` })
    .map(({ text }) => text)
    .join('\n'),
  'comparison as text': changesAsText(changes, false),
  'comparison as JSON': changesAsJson(changes),
  'comparison as Markdown': changesAsMarkdown(changes),
  'comparison as HTML': changesAsHtml(changes),
  'matrix as Markdown': matrixAsMarkdown(matrixOf(columns)),
  'matrix as HTML': matrixAsHtml(matrixOf(columns)),
};

test.each(Object.entries(outputs))('%s holds nothing that acts on a terminal', (_, output) => {
  expect(output).toContain('red');
  expect(output.match(/(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu)).toBeNull();
});

test('no text becomes a line of its own in KTAP, or a command to GitHub', () => {
  const lines = outputs['ktap']?.trimEnd().split('\n').slice(2) ?? [];
  expect(lines.filter((line) => !/^(# |(not )?ok \d+ [\w.-]+( # |$))/.test(line))).toEqual([]);
  expect(outputs['annotations']).not.toMatch(/^::error::/m);
});

test('JSON still says what the record says', () => {
  const { fingerprint } = JSON.parse(outputs['comparison as JSON'] ?? '') as typeof changes;
  expect(fingerprint.find(({ name }) => name === 'kernel')?.after).toBe(HOSTILE);
});

readBy('xmllint', 'libxml2-utils', 'finds the JUnit file valid', (run) => {
  const schema = `${__dirname}/golden/junit.xsd`;
  expect(run(['--noout', '--nonet', '--schema', schema, '-'], { input: outputs['junit'] ?? '' }).output).toBe(
    '- validates\n',
  );
});

readBy('cmark-gfm', 'cmark-gfm', 'finds neither markup nor broken tables', (run) => {
  for (const name of ['markdown', 'comparison as Markdown', 'matrix as Markdown']) {
    const { output } = run(['-e', 'table', '-e', 'autolink', '--unsafe'], { input: outputs[name] ?? '' });
    expect(output).not.toMatch(/<(script|img|a|del)\b/);
    const widths = output
      .split('</table>')
      .slice(0, -1)
      .map((table) => {
        const rows = table.slice(table.lastIndexOf('<table>')).split('<tr>').slice(1);
        return new Set(rows.map((row) => row.match(/<t[hd]>/g)?.length)).size;
      });
    expect(new Set(widths)).toEqual(new Set([1]));
  }
});

inBrowser('in a browser', () => {
  const stage = new Stage();
  beforeAll(() => stage.open());
  afterAll(() => stage.close());

  test.each(['html', 'comparison as HTML', 'matrix as HTML'])('%s runs nothing of it', async (name) => {
    const visit = await stage.visit(stage.write(`${name}.html`, outputs[name] ?? ''));
    expect(await visit.page.locator('script').count()).toBe(1);
    expect(await visit.page.locator('img').count()).toBe(0);
    expect(visit.complaints).toEqual([]);
    await visit.end();
  });
});
