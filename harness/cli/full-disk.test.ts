import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../reports/report';

const COMMAND = join(__dirname, '../rfc3542.mjs');
const LIMIT = 60_000;
const UNSHARE = ['--map-root-user', '--mount'];
const withNamespaces = spawnSync('unshare', [...UNSHARE, 'true']).status === 0 ? test : test.skip;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rfc3542-full-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a rule where that much is for temporary files, and so for packets until the end; without jest, which keeps things there too. */
function withScratchOf(kilobytes: number, rule: string): SpawnSyncReturns<string> {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  const script = `mount -t tmpfs -o size=${String(kilobytes)}k none "$0" && TMPDIR="$0" exec "$@"`;
  const run = [process.execPath, COMMAND, 'run', '-q', '--without-jest', rule, '--output', folder];
  return spawnSync('unshare', [...UNSHARE, 'sh', '-c', script, scratch, ...run], { encoding: 'utf8' });
}

/** Runs a rule whose output goes to a file system of so many kilobytes, and prints what then lies in it. */
function onDiskOf(kilobytes: number, rule: string): SpawnSyncReturns<string> {
  const script = `mount -t tmpfs -o size=${String(kilobytes)}k none "$1"; shift; "$@"; code=$?; ls -A "$0"; exit $code`;
  const run = [process.execPath, COMMAND, 'run', '-q', rule, '--output', folder];
  return spawnSync('unshare', [...UNSHARE, 'sh', '-c', script, folder, folder, ...run], {
    encoding: 'utf8',
  });
}

withNamespaces(
  'a disk that is full ends a run with a sentence, as incomplete, and leaves no part of a file',
  () => {
    const { status, stdout, stderr } = onDiskOf(4, '3.1.sendto-fills-a-zero-field');
    expect(stderr).toBe(`Cannot write ${join(folder, 'report.json')}: the disk is full.\n`);
    expect(stdout).toBe('');
    expect(status).toBe(3);
  },
  LIMIT,
);

withNamespaces(
  'where the packets do not fit, the record of a run that did not finish stays',
  () => {
    const { status, stdout, stderr } = onDiskOf(1024, '3.1.every-type-and-code');
    expect(stderr).toMatch(/^Cannot write \S+\/wire\.pcapng: the disk is full\./);
    expect(stdout).toBe('report.json\n');
    expect(status).toBe(3);
  },
  LIMIT,
);

withNamespaces(
  'packets that cannot be kept leave a run incomplete, and no rule fails for it',
  () => {
    const { status, stdout, stderr } = withScratchOf(4, '3.sends-the-largest-message');
    expect(stderr).toMatch(/^Cannot write \S+\.pcapng: the disk is full\.\n$/);
    expect(stdout).toBe('');
    expect(status).toBe(3);
    const { run } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    expect(run.finished).toBeUndefined();
  },
  LIMIT,
);
