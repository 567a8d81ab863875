import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { record } from '../../reports/formats/golden/record';
import { readReport } from '../../reports/read';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(60_000);

const COMMAND = join(__dirname, '../rfc3542.mjs');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rfc3542-output-'));
  file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(record));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function rfc3542(args: readonly string[], stdout?: number): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [COMMAND, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
  });
}

/** Runs a command whose reader goes away after the first piece of its output. */
async function withImpatientReader(
  args: readonly string[],
): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += String(text)));
  child.stdout.once('data', () => child.stdout.destroy());
  return new Promise((resolve) =>
    child.once('close', (status) => {
      resolve({ status, stderr });
    }),
  );
}

test('a file that cannot be written is told in one sentence', () => {
  for (const [path, why] of [
    [folder, /^Cannot write .*: EISDIR: illegal operation on a directory\n$/],
    [join(file, 'page.html'), /^Cannot write .*: ENOTDIR: not a directory\n$/],
  ] as const) {
    const { status, stderr } = rfc3542(['report', file, '--format', 'html', '-o', path]);
    expect(stderr).toMatch(why);
    expect(status).toBe(2);
  }
  expect(readdirSync(folder)).toEqual(['report.json']);
});

const FULL = '/dev/full';
(existsSync(FULL) ? test : test.skip)('a full disk leaves the output incomplete', () => {
  for (const { status, stderr } of [
    rfc3542(['report', file, '-o', FULL]),
    rfc3542(['report', file], openSync(FULL, 'w')),
  ]) {
    expect(stderr).toMatch(/^Cannot write .*: (the disk is full\.|ENOSPC: no space left on device)\n$/);
    expect(status).toBe(3);
  }
});

test('a reader who has seen enough changes no exit code', async () => {
  expect(await withImpatientReader(['list'])).toEqual({ status: 0, stderr: '' });
  expect(await withImpatientReader(['compare', file, file, '--format', 'html'])).toEqual({
    status: 3,
    stderr: '',
  });
});

const { status: doctor } = spawnSync(process.execPath, [COMMAND, 'doctor']);
(doctor === 0 ? test : test.skip)('a run goes on when nobody reads what it prints', async () => {
  const run = await withImpatientReader(['run', '3.1.sendto-*', '-o', folder, '--defect', 'checksum-zeroed']);
  expect(run).toEqual({ status: 1, stderr: '' });
  expect(readReport(file).run.exitCode).toBe(1);
});
