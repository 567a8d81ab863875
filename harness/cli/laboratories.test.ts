import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../reports/report';
import { decodePcapng } from '../packet/pcapng';

/** The whole suite on every laboratory of this machine, by the command, each in a process of its own. */

const COMMAND = join(__dirname, '../rfc3542.mjs');
const LIMIT = 120_000;
/** Root of a user namespace of its own, in a network of its own. */
const UNSHARE = ['--map-root-user', '--net', '--mount'];

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'rfc3542-laboratories-'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const capable = (doctor: string): boolean => /^yes {2}laboratory +.*link or tun/m.test(doctor);
const doctor = spawnSync(process.execPath, [COMMAND, 'doctor'], { encoding: 'utf8' });
const withBoth = capable(doctor.stdout) ? test : test.skip;
const withNamespaces = spawnSync('unshare', [...UNSHARE, 'true']).status === 0 ? test : test.skip;

function argumentsOf(folder: string, lab: string, more: readonly string[]): string[] {
  return [
    COMMAND,
    'run',
    '-q',
    '--seed',
    '7',
    '--format',
    'none',
    '--lab',
    lab,
    '-o',
    join(root, folder),
    ...more,
  ];
}

function record(folder: string): Report {
  return JSON.parse(readFileSync(join(root, folder, 'report.json'), 'utf8')) as Report;
}

/** What a run says of each rule. */
function findings(folder: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    record(folder).rules.map(({ id, verdict, expected, observed, reason, figures }) => [
      id,
      { verdict, expected, observed, reason, figures },
    ]),
  );
}

withBoth(
  'tun gives the verdicts of link, rule by rule, with the same words and figures',
  () => {
    const codes = ['link', 'tun'].map((lab) => spawnSync(process.execPath, argumentsOf(lab, lab, [])).status);
    expect(codes[1]).toBe(codes[0]);
    expect(findings('tun')).toEqual(findings('link'));
    expect(
      record('tun').rules.filter(({ verdict }) => verdict === 'untested' || verdict === 'broken'),
    ).toEqual([]);

    const { interfaces, packets } = decodePcapng(readFileSync(join(root, 'tun', 'wire.pcapng')));
    // LINKTYPE_RAW, and LINKTYPE_ETHERNET for the host's own loopback interface.
    expect(Object.fromEntries(interfaces.map(({ name, linkType }) => [name, linkType]))).toEqual({
      host: 101,
      second: 101,
      lo: 1,
    });
    expect(packets).toHaveLength(record('tun').packets?.count ?? 0);
    expect(spawnSync(process.execPath, [COMMAND, 'verify', join(root, 'tun', 'report.json')]).status).toBe(0);
  },
  LIMIT,
);

withBoth(
  'a defect is seen over tun',
  () => {
    const args = argumentsOf('defect', 'tun', [
      '3.1.sendto-fills-a-zero-field',
      '--defect',
      'checksum-zeroed',
    ]);
    expect(spawnSync(process.execPath, args).status).toBe(1);
    expect(record('defect').rules).toMatchObject([{ verdict: 'fail', observed: 'checksum 0x0000' }]);
  },
  LIMIT,
);

withNamespaces(
  'without /dev/net/tun the rules are untested, and the reason says what helps',
  () => {
    const args = argumentsOf('absent', 'tun', ['3.1.sendto-fills-a-zero-field']);
    const script = 'mount -t tmpfs none /dev/net && exec "$0" "$@"';
    const { status } = spawnSync('unshare', [...UNSHARE, 'sh', '-c', script, process.execPath, ...args]);
    expect(status).toBe(3);
    expect(record('absent').rules).toMatchObject([
      {
        verdict: 'untested',
        reason: expect.stringMatching(/^Cannot open \/dev\/net\/tun: ENOENT.*modprobe tun/) as string,
      },
    ]);
  },
  LIMIT,
);

withNamespaces(
  'on loopback a rule is as on link, or says which laboratory it needs',
  () => {
    const args = argumentsOf('loopback', 'loopback', []);
    expect(spawnSync('unshare', [...UNSHARE, process.execPath, ...args]).status).toBe(3);
    const { rules } = record('loopback');
    const untested = rules.filter(({ verdict }) => verdict === 'untested');
    for (const { id, reason } of untested)
      expect([id, reason]).toEqual([id, expect.stringContaining('--lab link or tun')]);
    const others = rules.filter(({ verdict }) => verdict !== 'untested');
    expect(others.filter(({ verdict, unexpected }) => unexpected || verdict === 'broken')).toEqual([]);
    expect(others.length).toBeGreaterThan(untested.length);
  },
  LIMIT,
);
