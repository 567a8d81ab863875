import { createHash } from 'node:crypto';
import { decodeEvidence, readEvidence } from './evidence';
import { ECHO_FRAME, evidenceOf } from './formats/golden/evidence';
import { record } from './formats/golden/record';

const bytes = evidenceOf(record);
/** Where the section ends, the interface, and the first packets. */
const INTERFACE = 28;
const PACKETS = evidenceOf({ rules: [] }).length;
const SECOND = evidenceOf({ rules: record.rules.slice(0, 1) }).length;
const THIRD = SECOND + (bytes.length - SECOND) / 2;

test('packets are counted from 1, with their time, their bytes and their rule', () => {
  const evidence = decodeEvidence(bytes, 'wire.pcapng');
  expect(evidence.count).toBe(3);
  expect(evidence.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(evidence.packet(1)).toEqual({
    time: 0n,
    frame: ECHO_FRAME,
    linkType: 1,
    comment: '3.1.kernel-fills-checksum',
  });
  expect(evidence.packet(3)).toMatchObject({ time: 2000n, comment: '3.1.verifies-on-every-size' });
  expect(evidence.packet(0)).toBeUndefined();
  expect(evidence.packet(4)).toBeUndefined();
});

test('a file that is cut anywhere but between two blocks is refused, and nothing is read beyond its end', () => {
  for (let length = 0; length < bytes.length; length += 1) {
    const cut = (): number => decodeEvidence(bytes.subarray(0, length), 'wire.pcapng').count;
    const whole = [INTERFACE, PACKETS, SECOND, THIRD].includes(length);
    if (whole) expect(cut()).toBeLessThan(3);
    else expect(cut).toThrow('Cannot read the evidence wire.pcapng: ');
  }
});

test('lengths that cannot be are refused', () => {
  for (const length of [0, 8, 13, 0xffffffff]) {
    const edited = Buffer.from(bytes);
    edited.writeUInt32LE(length, INTERFACE + 4);
    expect(() => decodeEvidence(edited, 'wire.pcapng')).toThrow('impossible length, at byte 28');
  }
  const edited = Buffer.from(bytes);
  edited.writeUInt32LE(0x7fffffff, PACKETS + 20);
  expect(() => decodeEvidence(edited, 'wire.pcapng')).toThrow(
    `a packet is longer than its block at byte ${String(PACKETS)}`,
  );
});

test('what is no pcapng, and a file that is not there', () => {
  expect(() => decodeEvidence(Buffer.from('hello, world'), 'a')).toThrow(
    'no pcapng section begins at byte 0',
  );
  expect(() => readEvidence('/nowhere/wire.pcapng')).toThrow(
    'Cannot read the evidence /nowhere/wire.pcapng: ENOENT: no such file or directory',
  );
});
