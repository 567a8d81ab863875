import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvidence } from '../../reports/evidence';
import type { Report } from '../../reports/report';
import { openLibrary } from '../native/ffi';
import { noEvidence } from '../lab/evidence';
import { openLaboratory, type OpenLaboratory } from '../lab/open';
import { currentPlatform } from '../platform/current';
import { EXIT } from '../rules/verdict';
import { ROOT } from '../run/suite';

const MESSAGES = 65_536;
const BYTES = 64;
const REPETITIONS = 7;
const PROCESSES = 5;
/** A rule that sends at once. */
const FIRST_RULE = '3.1.sendto-fills-a-zero-field';

/** Prints the project's own figures: median, least and most of several repetitions after a warm-up. */
export async function bench(out: (text: string) => void): Promise<number> {
  const platform = currentPlatform();
  platform.enterPrivileged();
  const laboratory = await openLaboratory(platform.openGround('link'), { seed: 1, evidence: noEvidence });
  await sweep(laboratory);
  const rates: number[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) rates.push(await sweep(laboratory));
  laboratory.close();
  out(figure('messages of 64 bytes sent, captured and verified, per second', rates, 0));

  const runs = Array.from({ length: PROCESSES }, () => timedRun([]));
  out(
    figure(
      'whole default run, seconds',
      runs.map(({ seconds }) => seconds),
      2,
    ),
  );
  out(
    figure(
      'process start to the first packet of the first rule, seconds',
      Array.from({ length: PROCESSES }, () => timedRun([FIRST_RULE]).toFirstPacket),
      2,
    ),
  );
  out(figure('memory of the largest run, MB', [largestChild() / 1024], 0));
  const durations = runs[0]?.report.rules.map(({ duration }) => duration) ?? [];
  out(figure('time of a rule, milliseconds', durations, 2));
  const slowest = [...(runs[0]?.report.rules ?? [])]
    .sort((one, other) => other.duration - one.duration)
    .slice(0, 10);
  out('\nslowest rules, milliseconds\n');
  for (const { id, duration } of slowest) out(`${duration.toFixed(1).padStart(10)}  ${id}\n`);
  return EXIT.expected;
}

/** Messages per second of one sweep. */
async function sweep(laboratory: OpenLaboratory): Promise<number> {
  return laboratory.visit('bench', {}, async ({ wire, peer, random }) => {
    const started = performance.now();
    const { verified } = await wire.sweep({
      count: MESSAGES,
      destination: peer.address,
      message: (index, into) => {
        into.writeUInt32BE(0xc8_00_00_00, 0);
        random.fill(into, 4, BYTES);
        into.writeUInt32BE(index, 8);
        return BYTES;
      },
    });
    return (verified / (performance.now() - started)) * 1000;
  });
}

function timedRun(selectors: readonly string[]): { seconds: number; toFirstPacket: number; report: Report } {
  const folder = mkdtempSync(join(tmpdir(), 'rfc3542-bench-'));
  const began = Date.now();
  const started = performance.now();
  spawnSync(process.execPath, [join(ROOT, 'harness/rfc3542.mjs'), 'run', ...selectors, '-q', '-o', folder], {
    stdio: 'ignore',
  });
  const seconds = (performance.now() - started) / 1000;
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  const first = readEvidence(join(folder, 'wire.pcapng')).packet(1)?.time ?? 0n;
  rmSync(folder, { recursive: true });
  return { seconds, toFirstPacket: Number(first) / 1e6 - began / 1000, report };
}

/** Kibibytes of the largest child process so far (getrusage(2), RUSAGE_CHILDREN). */
function largestChild(): number {
  const usage = Buffer.alloc(144);
  openLibrary(null).function('int getrusage(int, void *)')(-1, usage);
  return Number(usage.readBigInt64LE(32));
}

function figure(what: string, values: readonly number[], digits: number): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number): string =>
    (sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN).toFixed(digits);
  return `${what.padEnd(64)} median ${at(0.5)}  least ${at(0)}  most ${at(1)}\n`;
}
