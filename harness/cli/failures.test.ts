import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../reports/report';

const COMMAND = join(__dirname, '../rfc3542.mjs');
const LIMIT = 60_000;

const { status: withoutLaboratory } = spawnSync(process.execPath, [COMMAND, 'doctor']);
const withLaboratory = withoutLaboratory === 0 ? test.each : test.skip.each;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rfc3542-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Linux draws the flow label with a key of its own, another one at every boot. */
const anyFlowLabel = (text: string): string =>
  text.replace(/(?<=^ +\[?6\S \S)\S(\]?) \S\S \S\S(?= 00 \S\S)/gm, '?$1 ?? ??');

/** What a reader is told, whole, about the defects that matter most: `golden/<defect>.txt`. */
withLaboratory([
  ['checksum-zeroed', '3.1.sendto-fills-a-zero-field'],
  ['checksum-wrong-behind-extension-headers', '3.1.leaves-out-destination-options'],
  ['filter-is-ignored', '3.2.setblock-blocks-only-that-type'],
  ['received-checksums-are-not-verified', '3.3.a-zero-checksum-is-discarded-where-it-is-wrong'],
  ['errors-are-withheld', 'kb944135.time-exceeded-reaches-the-prober'],
  ['hop-limit-forced', '6.3.unicast-hop-limit-is-used-as-given'],
  ['sticky-class-is-not-cleared', '6.5.minus-1-clears-the-sticky-class'],
])(
  'what is printed about %s',
  (defect, rule) => {
    const args = [COMMAND, 'run', rule, '--defect', defect, '--seed', '7', '--quiet', '--output', folder];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const golden = readFileSync(join(__dirname, 'golden', `${defect}.txt`), 'utf8');
    expect(anyFlowLabel(stdout.slice(0, stdout.indexOf('UNEXPECTED')))).toBe(golden);
    expect(status).toBe(1);
    const { rules } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    expect(rules).toMatchObject([{ id: rule, verdict: 'fail', unexpected: true }]);
  },
  LIMIT,
);
