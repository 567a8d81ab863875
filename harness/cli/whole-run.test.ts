// Every rule on this machine: what a run leaves behind is read by programs that others use, to its last packet.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBy } from '../../reports/formats/golden/consumer';
import { readReport } from '../../reports/read';
import { DecodeError } from '../errors';
import { reassemble } from '../packet/fragments';
import { ETHERNET } from '../packet/link-layer';
import { decodeFrame, icmpv6Verifies, type Packet } from '../packet/packet';
import { decodePcapng } from '../packet/pcapng';

// A busy machine is slow, and no reason to fail.
jest.setTimeout(180_000);

const COMMAND = join(__dirname, '../rfc3542.mjs');
const { status: doctor } = spawnSync(process.execPath, [COMMAND, 'doctor']);
const withLaboratory = doctor === 0 ? describe : describe.skip;

/**
 * What tshark says of each frame: 1 for a right checksum, 0 for a wrong one, nothing where no message ends or headers cannot
 * be followed to one. A message in fragments is judged with the one that completes it.
 */
function checksumsOf(frames: readonly Buffer[]): string[] {
  const waiting = new Map<string, Packet[]>();
  return frames.map((frame) => {
    const packet = decoded(frame);
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

function decoded(frame: Buffer): Packet | undefined {
  try {
    return decodeFrame(frame, ETHERNET);
  } catch (error) {
    // Rules send options that end beyond their header, too.
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function verdictOf(packet: Packet | undefined): string {
  if (packet?.icmpv6 === undefined) return '';
  return icmpv6Verifies(packet) ? '1' : '0';
}

withLaboratory('a run of every rule', () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rfc3542-whole-'));
    // What the rules come to is theirs to say; here it is how that is told.
    spawnSync(process.execPath, [COMMAND, 'run', '--output', folder, '-q']);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('verifies, packet by packet', () => {
    const { status, stdout } = spawnSync(process.execPath, [COMMAND, 'verify', path('report.json')], {
      encoding: 'utf8',
    });
    // A rule without a result makes a record incomplete, and not wrong.
    expect(stdout).toMatch(
      /verifies: \d+ rules and [\d,]+ packets\.\n$|does not verify:\n( +incomplete .*\n)+$/,
    );
    expect(status).toBe(stdout.includes('does not verify') ? 3 : 0);
  });

  test('has a page under 3 MB with every section of the RFC', () => {
    expect(statSync(path('report.html')).size).toBeLessThan(3_000_000);
    const sections = readReport(path('report.json')).sections ?? [];
    const page = readFileSync(path('report.html'), 'utf8');
    expect(page.match(/<span class="number">/g)).toHaveLength(sections.length);
    for (const { without } of sections) if (without !== undefined) expect(page).toContain(without);
  });

  readBy('xmllint', 'libxml2-utils', 'finds its JUnit file valid', (run) => {
    const schema = join(__dirname, '../../reports/formats/golden/junit.xsd');
    expect(run(['--noout', '--nonet', '--schema', schema, path('junit.xml')])).toMatchObject({ status: 0 });
  });

  readBy('tshark', 'tshark', 'dissects every packet, and finds the same checksums right and wrong', (run) => {
    const fields = ['frame.number', 'frame.comment', 'frame.interface_name', 'frame.time_epoch'];
    const checked = ['frame.protocols', 'icmpv6.checksum.status'];
    const { output } = run([
      ...['-n', '-r', path('wire.pcapng'), '-T', 'fields'],
      ...[...fields, ...checked].flatMap((field) => ['-e', field]),
    ]);
    const lines = output.split('\n').filter((line) => /^\d+\t/.test(line));
    const { packets, interfaces } = decodePcapng(readFileSync(path('wire.pcapng')));
    expect(lines).toHaveLength(packets.length);
    const ours = checksumsOf(packets.map(({ bytes }) => bytes));
    const names = new Set(interfaces.map(({ name }) => name));
    const disagreements = lines.flatMap((line, index) => {
      const [number, comment = '', wire = '', time = '', protocols = '', status = ''] = line.split('\t');
      const isIpv6 = protocols.startsWith('eth:ethertype:ipv6');
      const agrees =
        number === String(index + 1) &&
        // What the host sends on its own before the first rule belongs to none.
        comment === (packets[index]?.comment ?? '') &&
        names.has(wire) &&
        /^\d+\.\d{6}000$/.test(time) &&
        // Of a message within a message tshark tells both; ours is the outer one. A message in IPv4 has another sum.
        (isIpv6 ? status.split(',')[0] === ours[index] : ours[index] === '');
      return agrees ? [] : [`${line} | ${String(ours[index])}`];
    });
    expect(disagreements).toEqual([]);
    // Both verdicts were there to be found.
    expect(new Set(ours)).toEqual(new Set(['', '0', '1']));
  });
});
