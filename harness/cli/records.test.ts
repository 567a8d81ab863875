// The story that the formats are for: a build that keeps the promise, and the same build after a patch that breaks it, as
// KB974927 did. Both are run, compared in every format, and looked at with programs that others use.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMATS } from '../../reports/formats';
import { FORMAT_NAMES } from '../../reports/formats/names';
import type { Report } from '../../reports/report';
import { reassemble } from '../packet/fragments';
import { ETHERNET } from '../packet/link-layer';
import { decodeFrame, icmpv6Verifies, type Packet } from '../packet/packet';
import { decodePcapng } from '../packet/pcapng';
import { command } from './main';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

/** Without tshark the test says so by being skipped, and under CI by failing. */
const testWithTshark =
  spawnSync('tshark', ['--version']).error === undefined || process.env['CI'] !== undefined
    ? test
    : test.skip;

const COMMAND = join(__dirname, '../rfc3542.mjs');
const LIMIT = 120_000;

/** Rules of the checksum that send a few packets each, one of them in fragments. */
const SELECTORS = ['3.1.sendto-*', '3.1.sendmsg-*', '3.1.covers-a-fragmented-message-of-3000-bytes'];

/**
 * As tshark writes it for each frame: 1 for a right checksum, 0 for a wrong one, nothing where no message ends. A message in
 * fragments is judged with the one that completes it.
 */
function checksumsOf(frames: readonly Buffer[]): string[] {
  const waiting = new Map<string, Packet[]>();
  return frames.map((frame) => {
    const packet = decodeFrame(frame, ETHERNET);
    const piece = packet?.extensions.find((extension) => extension.kind === 'fragment');
    if (packet === undefined || piece === undefined) return verdictOf(packet);
    const key = [packet.ipv6.source, packet.ipv6.destination, piece.identification].join(' ');
    const pieces = [...(waiting.get(key) ?? []), packet];
    const whole = reassemble(pieces);
    if (whole === undefined) waiting.set(key, pieces);
    else waiting.delete(key);
    return verdictOf(whole);
  });
}

function verdictOf(packet: Packet | undefined): string {
  if (packet?.icmpv6 === undefined) return '';
  return icmpv6Verifies(packet) ? '1' : '0';
}

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

  testWithTshark.each(['before', 'after'])(
    'tshark finds the same checksums right and wrong as we do: %s',
    (folder) => {
      const file = path(`${folder}/wire.pcapng`);
      const fields = [
        'frame.number',
        'frame.comment',
        'frame.interface_name',
        'icmpv6.checksum.status',
        '_ws.malformed',
      ];
      const { stdout, error } = spawnSync(
        'tshark',
        ['-r', file, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
        { encoding: 'utf8' },
      );
      if (error !== undefined) throw new Error('tshark is not installed (Debian: tshark)', { cause: error });
      const lines = stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'));
      const { packets } = decodePcapng(readFileSync(file));
      const verdicts = checksumsOf(packets.map(({ bytes }) => bytes));
      expect(lines).toHaveLength(packets.length);
      lines.forEach(([number, comment, wire, status], index) => {
        expect([number, comment]).toEqual([String(index + 1), packets[index]?.comment]);
        expect(wire).not.toBe('');
        // Of a message within a message tshark tells both; ours is the outer one.
        expect([number, status?.split(',')[0]]).toEqual([number, verdicts[index]]);
      });
    },
  );

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
