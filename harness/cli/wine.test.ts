import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../reports/report';
import type { Diagnosis } from '../platform/current';
import { describeUnderWine } from '../platform/only-on';

const COMMAND = join(__dirname, '../rfc3542.mjs');
const REFUSED = 'Cannot open a raw ICMPv6 socket: EPROTONOSUPPORT (WSAEPROTONOSUPPORT, 10043).';

function rfc3542(...args: readonly string[]) {
  return spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
}

describeUnderWine('under Wine', () => {
  // A letter that is not ASCII, and spaces, as in the home folders of many people.
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'Prüfung mit Leerzeichen '));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('doctor tells what is missing, each with what helps, and exits 3', () => {
    const { stdout, status } = rfc3542('doctor', '--json');
    const { diagnoses } = JSON.parse(stdout) as { readonly diagnoses: readonly Diagnosis[] };
    const found = new Map(diagnoses.map((diagnosis) => [diagnosis.what, diagnosis]));
    expect(found.get('system')?.found).toMatch(/^Wine \d/);
    expect(found.get('IPv6')).toMatchObject({ ok: true });
    expect(found.get('raw ICMPv6 sockets')).toMatchObject({
      ok: false,
      found: `no: ${REFUSED.slice(0, -1)}`,
    });
    expect(found.get('package cap')?.help).toContain('Visual Studio Build Tools');
    for (const { ok, help } of diagnoses) expect(ok).toBe(help === undefined);
    expect(status).toBe(3);
  });

  test('a run leaves a whole record, in which nothing passed and nothing is called Windows', () => {
    const { stdout, status } = rfc3542('run', '3.1', '--output', folder);
    expect(status).toBe(3);
    expect(stdout).toContain('INCOMPLETE');
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    expect(report.machine).toMatchObject({
      system: 'wine',
      build: expect.stringMatching(/^Wine /) as unknown,
    });
    expect(report.run).toMatchObject({ exitCode: 3, finished: expect.any(String) as unknown });
    expect(new Set(report.rules.map(({ verdict }) => verdict))).toEqual(new Set(['untested']));
    for (const { reason } of report.rules) expect(reason).toContain(REFUSED);
    const verified = rfc3542('verify', join(folder, 'report.json'));
    // Whole, unedited and beside its packets: that it is incomplete is all that there is to say.
    expect(verified.stdout.trim().split('\n').slice(1)).toEqual([expect.stringMatching(/^ *incomplete /)]);
  });
});
