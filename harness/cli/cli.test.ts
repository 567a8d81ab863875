import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../reports/report';
import { decodePcapng } from '../packet/pcapng';
import { testOnLinux } from '../platform/only-on';
import { command } from './main';

/** The command as a user starts it. */
const COMMAND = join(__dirname, '../rfc3542.mjs');
const LIMIT = 60_000;

/** Somebody without privileges, who is kept from having a user namespace: the process believes that it has tried. */
const UNPRIVILEGED = {
  ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
  env: {
    ...process.env,
    RFC3542_USER_NAMESPACE: String(process.getuid?.() === 0 ? 65_534 : process.getuid?.()),
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rfc3542-test-'));
  chmodSync(folder, 0o777);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function rfc3542(args: readonly string[], options = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8', ...options });
}

function record(): Report {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
}

/** The same without a process of its own, for what runs nothing. */
async function inProcess(
  args: readonly string[],
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

const { status } = rfc3542(['doctor']);
const withLaboratory = status === 0 ? test : test.skip;

describe('run', () => {
  withLaboratory(
    'writes a complete record with the packets of its rules, and exits 0',
    () => {
      const { status, stdout } = rfc3542(['run', '3.1.sendto', '--output', folder, '--seed', '7']);
      expect(status).toBe(0);
      expect(stdout).toContain('AS EXPECTED: 6 rules');
      expect(stdout).not.toContain('\x1b');

      const report = record();
      expect(report.run).toMatchObject({ selectors: ['3.1.sendto'], seed: 7, exitCode: 0 });
      expect(report.rules.map(({ verdict }) => verdict)).toEqual([
        'pass',
        'pass',
        'pass',
        'pass',
        'pass',
        'observed',
      ]);

      const evidence = readFileSync(join(folder, 'wire.pcapng'));
      expect(createHash('sha256').update(evidence).digest('hex')).toBe(report.packets?.sha256);
      const { packets } = decodePcapng(evidence);
      expect(packets).toHaveLength(report.packets?.count ?? -1);
      for (const rule of report.rules) {
        const own = packets.filter(({ comment }) => comment === rule.id);
        expect(own).toHaveLength(rule.packets?.count ?? -1);
      }
      expect(readdirSync(folder).sort()).toEqual([
        'junit.xml',
        'report.html',
        'report.json',
        'summary.md',
        'wire.pcapng',
      ]);
    },
    LIMIT,
  );

  testOnLinux(
    'without privileges every rule is untested with the reason, and it exits 3',
    () => {
      const { status, stdout } = rfc3542(['run', '3.1.sendto', '--output', folder], UNPRIVILEGED);
      expect(status).toBe(3);
      expect(stdout).toContain('INCOMPLETE');
      for (const rule of record().rules) {
        expect(rule.verdict).toBe('untested');
        expect(rule.reason).toContain('EPERM');
        expect(rule.reason).toContain('Run as root, or allow user namespaces: sysctl');
      }
    },
    LIMIT,
  );

  testOnLinux(
    'interrupted at its start it leaves a valid partial record, and exits 130',
    async () => {
      const child = spawn(process.execPath, [COMMAND, 'run', '--output', folder]);
      child.stdout.once('data', () => {
        child.kill('SIGINT');
      });
      const code = await new Promise((resolve) => child.once('exit', resolve));
      expect(code).toBe(130);
      const report = record();
      expect(report.run).toMatchObject({ interrupted: 'SIGINT', exitCode: 130 });
      expect(report.rules.some(({ verdict }) => verdict === 'not run')).toBe(true);
    },
    LIMIT,
  );

  test(
    'killed, it leaves a record in which what did not run is said not to have, and nothing of the run before',
    async () => {
      for (const name of ['junit.xml', 'report.html', 'summary.md', 'wire.pcapng'])
        writeFileSync(join(folder, name), 'of the run before');
      const child = spawn(process.execPath, [COMMAND, 'run', '--output', folder]);
      child.stdout.once('data', () => {
        child.kill('SIGKILL');
      });
      await new Promise((resolve) => child.once('exit', resolve));
      expect(readdirSync(folder)).toEqual(['report.json']);
      const report = record();
      expect(report.run.finished).toBeUndefined();
      expect(report.rules.some(({ verdict }) => verdict === 'not run')).toBe(true);
    },
    LIMIT,
  );
});

describe('a mistake of the user exits 2 with a sentence that names it', () => {
  test.each([
    [['run', 'linux-cb3e9864cdbe'], /can crash a host that has the defect\. Run it with --allow-crash/],
    [['explode'], /No rule matches "explode".* Did you mean/],
    [['run', '3.1.sendto-fils-a-zero-field'], /Did you mean 3\.1\.sendto-fills-a-zero-field\?/],
    [['run', '--loud'], /unknown option '--loud'/],
    [['run', '--seed', 'soon'], /It must be a whole number/],
    [['run', '--seed', '9'.repeat(20)], /It is too large/],
    [['run', '--lab', 'cellar'], /There is no laboratory "cellar"\. There are link, tun, loopback\./],
    [['run', '--defect', 'checksum-zeroe'], /Did you mean checksum-zeroed\?/],
    [['run', '--output', '/proc/nowhere'], /Cannot write to the output folder .*nowhere: E/],
    [['run', '--output', __filename], /Cannot write to the output folder .*: it is a file\. Name another/],
    [['run', '--expect', '/nonexistent.json'], /Cannot use \/nonexistent\.json: ENOENT/],
    [['show', '3.1.sendto-fill'], /There is no rule|No rule matches/],
    [['show'], /missing required argument/],
  ])('%j', async (args, message) => {
    const { status, stderr, stdout } = await inProcess(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

describe('--expect', () => {
  const entry = {
    rule: '3.1.sendto-fills-a-zero-field',
    platform: 'linux',
    builds: '*',
    observed: 'checksum 0x0000',
    reason: 'our own build',
    link: 'https://example.org/',
  };
  const expecting = (contents: unknown, ...more: readonly string[]): string[] => {
    const file = join(folder, 'expect.json');
    writeFileSync(file, typeof contents === 'string' ? contents : JSON.stringify(contents));
    return ['run', entry.rule, '--output', folder, '--expect', file, ...more];
  };

  test.each([
    ['not JSON', '{', /Cannot use .*expect\.json: /],
    ['not a list', {}, /must be array/],
    ['a missing member', [{ ...entry, reason: undefined }], /must have required property 'reason'/],
    [
      'an unknown rule',
      [{ ...entry, rule: '3.1.sendto-fills-a-zero-fiel' }],
      /Did you mean 3\.1\.sendto-fills-a-zero-field\?/,
    ],
    ['no range', [{ ...entry, builds: 'spring' }], /is not a range of versions/],
    ['a contradiction', [entry, { ...entry, builds: '>=6', observed: 'other' }], /Two entries for/],
  ])('%s exits 2', async (_, contents, message) => {
    const { status, stderr } = await inProcess(expecting(contents));
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  withLaboratory(
    'excuses a failure that is observed just so',
    () => {
      const { status } = rfc3542(expecting([entry], '--defect', 'checksum-zeroed'));
      expect(record().rules[0]).toMatchObject({ verdict: 'known', deviation: { reason: 'our own build' } });
      expect(status).toBe(0);
    },
    LIMIT,
  );

  withLaboratory(
    'is stale where the rule passes',
    () => {
      const { status, stdout } = rfc3542(expecting([entry]));
      expect(stdout).toContain('the list is stale');
      expect(record().rules[0]).toMatchObject({ verdict: 'fixed' });
      expect(status).toBe(1);
    },
    LIMIT,
  );
});

describe('without running anything', () => {
  test('list prints id, level and requirement, and JSON', async () => {
    expect((await inProcess(['list', '3.1.sendto'])).stdout).toMatch(
      /^3\.1\.sendto-fills-a-zero-field +must +The kernel computes/,
    );
    const listed = JSON.parse((await inProcess(['list', '3.1.sendto', '--json'])).stdout) as {
      id: string;
      section: string;
    }[];
    expect(listed).toHaveLength(6);
    expect(listed[0]).toMatchObject({ id: '3.1.sendto-fills-a-zero-field', section: '3.1', level: 'must' });
  });

  test(
    'a pipe gets all of a list, however large it is',
    () => {
      const { stdout } = spawnSync('sh', ['-c', '"$0" "$1" list --json | cat', process.execPath, COMMAND], {
        encoding: 'utf8',
      });
      expect(stdout.length).toBeGreaterThan(2 ** 17);
      expect(JSON.parse(stdout)).toBeInstanceOf(Array);
    },
    LIMIT,
  );

  test('show tells what a rule requires, covers, needs and what is known', async () => {
    const { stdout, status } = await inProcess(['show', '3.1.sendto-fills-a-zero-field']);
    expect(status).toBe(0);
    for (const word of ['Covers', '3.1-01', 'Observes', 'needs raw ICMPv6 sockets', 'Known', 'linux:']) {
      expect(stdout).toContain(word);
    }
  });

  test.each([['--help'], ['run', '--help'], ['list', '--help'], ['show', '--help'], ['doctor', '--help']])(
    '%s %s prints its usage and exits 0',
    async (...args) => {
      const { stdout, status } = await inProcess(args);
      expect(stdout).toContain('Usage: rfc3542');
      expect(status).toBe(0);
    },
  );

  test('doctor names for each missing thing what helps', () => {
    const { stdout } = rfc3542(['doctor', '--json'], UNPRIVILEGED);
    const { diagnoses } = JSON.parse(stdout) as { diagnoses: { ok: boolean; help?: string }[] };
    for (const diagnosis of diagnoses) expect(diagnosis.ok || diagnosis.help !== undefined).toBe(true);
  });
});
