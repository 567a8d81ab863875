// The story that the formats are for: a build that keeps the promise, and the same build after a patch that breaks it, as
// KB974927 did. Both are run, compared in every format, and each format is read by a program that others use.

import Ajv2020 from 'ajv/dist/2020';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMATS } from '../../reports/formats';
import { FORMAT_NAMES } from '../../reports/formats/names';
import { consumeCtrf, readBy } from '../../reports/formats/golden/consumer';
import kcidbSchema from '../../reports/formats/golden/kcidb.schema.json';
import { inBrowser, Stage } from '../../reports/formats/html/browser';
import { readReport } from '../../reports/read';
import type { Report } from '../../reports/report';
import { command } from './main';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

const COMMAND = join(__dirname, '../rfc3542.mjs');
const LIMIT = 120_000;

/** Rules of the checksum that send a few packets each, one of them in fragments. */
const SELECTORS = ['3.1.sendto-*', '3.1.sendmsg-*', '3.1.covers-a-fragmented-message-of-3000-bytes'];

const validateKcidb = new Ajv2020({ strict: true, strictTypes: false }).compile(kcidbSchema);

let root: string;
const path = (name: string): string => join(root, name);
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'rfc3542-records-'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function run(
  folder: string,
  args: readonly string[],
  environment = {},
): { status: number | null; stdout: string } {
  return spawnSync(
    process.execPath,
    [COMMAND, 'run', ...SELECTORS, '--output', path(folder), '--seed', '7', '-q', ...args],
    { encoding: 'utf8', env: { ...process.env, GITHUB_ACTIONS: '', ...environment } },
  );
}

async function rfc3542(
  ...args: readonly string[]
): Promise<{ status: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const status = await command(args, {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
  });
  return { status, stdout, stderr };
}

const { status: doctor } = spawnSync(process.execPath, [COMMAND, 'doctor']);
const withLaboratory = doctor === 0 ? describe : describe.skip;

withLaboratory('a build before and after a patch', () => {
  const before = (): string => path('before/report.json');
  const after = (): string => path('after/report.json');
  let seeded: { status: number | null; stdout: string };

  beforeAll(() => {
    const all = FORMAT_NAMES.join(',');
    expect(run('before', ['--format', all])).toMatchObject({ status: 0 });
    seeded = run('after', ['--format', all, '--defect', 'checksum-zeroed', '--baseline', before()]);
  }, LIMIT);

  test('the gate is shut, and says what changed before it names what it wrote', () => {
    expect(seeded.status).toBe(1);
    expect(seeded.stdout).toMatch(/seeded defects +none → checksum-zeroed/);
    expect(seeded.stdout).toContain('3.1.sendto-fills-a-zero-field  pass → fail');
    const files = seeded.stdout
      .trimEnd()
      .split('\n')
      .slice(-2 - FORMAT_NAMES.length);
    expect(files.map((file) => file.split('/').at(-1))).toEqual([
      'report.json',
      'wire.pcapng',
      ...FORMAT_NAMES.map((name) => FORMATS[name].file),
    ]);
  });

  test('both records verify, and a change of one letter does not', async () => {
    expect(await rfc3542('verify', before())).toMatchObject({ status: 0 });
    expect(await rfc3542('verify', after())).toMatchObject({ status: 0 });
    const edited = path('before/edited.json');
    writeFileSync(edited, readFileSync(before(), 'utf8').replace('"kernel": "', '"kernel": "9'));
    expect(await rfc3542('verify', edited)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('its seal belongs to other contents') as string,
    });
    writeFileSync(edited, readFileSync(before(), 'utf8').slice(0, -100));
    expect(await rfc3542('verify', edited)).toMatchObject({ status: 3 });
    expect(await rfc3542('verify', path('nowhere.json'))).toMatchObject({ status: 2 });
  });

  test.each([
    ['text', '3.1.sendto-fills-a-zero-field  pass → fail'],
    ['markdown', '| 3.1.sendto-fills-a-zero-field | must | **pass** | **fail** expected checksum 0x'],
    ['json', '"id": "3.1.sendto-fills-a-zero-field"'],
    ['html', '<code class="id">3.1.sendto-fills-a-zero-field</code>'],
  ])('compare as %s exits 1, and 0 the other way round', async (format, expected) => {
    const worse = await rfc3542('compare', before(), after(), '--format', format);
    expect(worse.status).toBe(1);
    expect(worse.stdout).toContain(expected);
    expect(await rfc3542('compare', after(), before(), '--format', format)).toMatchObject({ status: 0 });
  });

  test('a record is shown again just as it was when it was written', async () => {
    for (const format of FORMAT_NAMES) {
      const { status, stdout } = await rfc3542('report', before(), '--format', format);
      expect(status).toBe(0);
      expect(stdout).toBe(readFileSync(path(`before/${FORMATS[format].file}`), 'utf8'));
    }
    const { stdout } = await rfc3542('report', after());
    expect(stdout).toContain('Observed  checksum 0x0000');
  });

  test('side by side they differ, and a build that is missing has its column', async () => {
    const { status, stdout } = await rfc3542('matrix', '--differences', before(), after(), path('gone.json'));
    expect(status).toBe(3);
    expect(stdout).toContain('| 3.1.sendto-fills-a-zero-field | must | pass | **fail** |  |');
    expect(stdout).toContain('there is no such file');
    const page = path('matrix.html');
    expect(await rfc3542('matrix', '--format', 'html', '-o', page, before(), after())).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    expect(readFileSync(page, 'utf8')).toContain('2 builds side by side');
  });

  readBy('xmllint', 'libxml2-utils', 'finds the JUnit files of both valid', (run) => {
    const schema = join(__dirname, '../../reports/formats/golden/junit.xsd');
    const files = ['before', 'after'].map((folder) => path(`${folder}/junit.xml`));
    expect(run(['--noout', '--nonet', '--schema', schema, ...files])).toMatchObject({ status: 0 });
  });

  readBy('prove', 'perl', 'passes the KTAP of the one and fails that of the other', (run) => {
    expect(run(['--exec', 'cat', path('before/report.ktap')])).toMatchObject({ status: 0 });
    const { status, output } = run(['--exec', 'cat', path('after/report.ktap')]);
    expect(status).toBe(1);
    expect(output).toMatch(/Failed tests?: +\d/);
  });

  readBy('cmark-gfm', 'cmark-gfm', 'finds the tables of the summary and of the comparison', async (run) => {
    expect(run(['-e', 'table', path('after/summary.md')]).output).toContain('<td>seeded defects</td>');
    const changes = path('changes.md');
    expect(await rfc3542('compare', before(), after(), '--format', 'markdown', '-o', changes)).toMatchObject({
      status: 1,
    });
    const { output } = run(['-e', 'table', changes]);
    expect(output).toMatch(/<td>seeded defects<\/td>\s*<td>none<\/td>\s*<td>checksum-zeroed<\/td>/);
    expect(output).toContain('<td>3.1.sendto-fills-a-zero-field</td>');
  });

  test('the reference implementation of CTRF counts what failed', () => {
    const { valid, summary } = consumeCtrf(readFileSync(path('after/ctrf.json'), 'utf8'));
    expect(valid).toBe(true);
    expect(summary).toMatchObject({ failed: readReport(after()).counts.fail });
    expect(consumeCtrf(readFileSync(path('before/ctrf.json'), 'utf8')).summary).toMatchObject({ failed: 0 });
  });

  test.each(['before', 'after'])('the submission to KernelCI is valid: %s', (folder) => {
    validateKcidb(JSON.parse(readFileSync(path(`${folder}/kcidb.json`), 'utf8')));
    expect(validateKcidb.errors ?? []).toEqual([]);
  });

  inBrowser('in a browser', () => {
    const stage = new Stage();
    beforeAll(() => stage.open(), LIMIT);
    afterAll(() => stage.close());

    test.each(['report', 'compare'])('the page of %s leads with what happened', async (name) => {
      const file = path(`${name}.html`);
      if (name === 'report') await rfc3542('report', after(), '--format', 'html', '-o', file);
      else await rfc3542('compare', before(), after(), '--format', 'html', '-o', file);
      const visit = await stage.visit(stage.write(`${name}.html`, readFileSync(file, 'utf8')));
      const heading = await visit.page.locator('h1').textContent();
      const bytes = await visit.page.locator('.packet').first().locator('.bytes .f-sum').allTextContents();
      expect(heading).toMatch(name === 'report' ? /^\d+ rules fail$/ : /^Something regressed$/);
      expect(bytes).toEqual([expect.stringMatching(/^(?!00 00)/), '00 00']);
      expect(visit.complaints).toEqual([]);
      await visit.end();
    });
  });

  test(
    'on GitHub the summary and the annotations go where they belong',
    () => {
      const summary = path('summary');
      const { status, stdout } = run('after', ['--defect', 'checksum-zeroed', '--format', 'none'], {
        GITHUB_ACTIONS: 'true',
        GITHUB_STEP_SUMMARY: summary,
      });
      expect(status).toBe(1);
      expect(readFileSync(summary, 'utf8')).toMatch(/^# ❌ rfc3542: /);
      expect(stdout).toContain('::error title=3.1.sendto-fills-a-zero-field%3A fail::');
    },
    LIMIT,
  );
});

test('a format that there is not, and a baseline that cannot be read, are refused before anything has run', () => {
  expect(run('refused', ['--format', 'junti'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Did you mean junit?') as string,
  });
  expect(run('refused', ['--baseline', path('gone.json')])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('there is no such file') as string,
  });
  expect(existsSync(path('refused/report.json'))).toBe(false);
});

test('a record that cannot be shown is a mistake of usage, in one sentence', async () => {
  const other = path('other.json');
  const record: Partial<Report> = {};
  writeFileSync(other, JSON.stringify({ ...record, schema: 'rfc3542-report/9' }));
  for (const args of [
    ['report', other],
    ['compare', other, other],
  ]) {
    expect(await rfc3542(...args)).toEqual({
      status: 2,
      stdout: '',
      stderr: `Cannot read the report ${other}: its schema is "rfc3542-report/9", and this version reads "rfc3542-report/1"\n`,
    });
  }
});
