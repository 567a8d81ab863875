import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { decodePcapng } from '../packet/pcapng';
import { testOnLinux } from '../platform/only-on';
import { EvidenceFile } from './evidence-file';

const frame = (length: number): Buffer => Buffer.alloc(length, length & 0xff);

function whole(evidence: EvidenceFile): { bytes: Buffer; sha256: string } {
  const chunks: Buffer[] = [];
  const sha256 = evidence.finish((chunk) => chunks.push(Buffer.from(chunk)));
  return { bytes: Buffer.concat(chunks), sha256 };
}

test('packets come back with their interface, time and rule', () => {
  const before = BigInt(Date.now()) * 1000n;
  const evidence = new EvidenceFile();
  const host = evidence.link('host', 1);
  const loopback = evidence.link('lo', 101);
  evidence.begin('3.1.one');
  host.add(frame(61), 61);
  loopback.add(frame(70), 62);
  expect(evidence.end()).toEqual({ first: 1, count: 2 });
  evidence.begin('3.2.two');
  host.add(frame(64), 64);
  expect(evidence.end()).toEqual({ first: 3, count: 1 });

  const { bytes, sha256 } = whole(evidence);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  const { interfaces, packets } = decodePcapng(bytes);
  expect(interfaces).toEqual([
    { name: 'host', linkType: 1 },
    { name: 'lo', linkType: 101 },
  ]);
  expect(packets.map(({ interface: link, bytes: { length }, comment }) => [link, length, comment])).toEqual([
    [0, 61, '3.1.one'],
    [1, 62, '3.1.one'],
    [0, 64, '3.2.two'],
  ]);
  for (const { time } of packets) {
    // The clock of the evidence is monotonic and may differ from the wall clock by a little.
    expect(time > before - 5_000_000n && time < before + 60_000_000n).toBe(true);
  }
});

test('more than a chunk of packets are all there', () => {
  const evidence = new EvidenceFile();
  const link = evidence.link('host', 1);
  evidence.begin('sweep');
  for (let index = 0; index < 3000; index += 1) link.add(frame(1500), 1500);
  expect(evidence.end().count).toBe(3000);
  expect(decodePcapng(whole(evidence).bytes).packets).toHaveLength(3000);
});

testOnLinux('a file that is not finished has no name', () => {
  const evidence = new EvidenceFile();
  expect(readdirSync(tmpdir()).filter((name) => name === `rfc3542-${String(process.pid)}.pcapng`)).toEqual(
    [],
  );
  whole(evidence);
});
