import type { Report } from '../../report';

/** pcapng blocks written out by hand, little-endian: what the evidence of a run looks like. */

function block(type: number, body: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + body.length);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  body.copy(bytes, 8);
  bytes.writeUInt32LE(bytes.length, bytes.length - 4);
  return bytes;
}

const SECTION = block(0x0a0d0d0a, Buffer.from('4d3c2b1a01000000ffffffffffffffff', 'hex'));
/** Ethernet; if_name `wire`, if_tsresol 6. */
const INTERFACE = block(
  1,
  Buffer.from('0100000000000000' + '0200040077697265' + '0900010006000000' + '00000000', 'hex'),
);

/** A packet with the id of its rule as its comment. `time` is in microseconds. */
function packetBlock(frame: Buffer, time: number, comment: string): Buffer {
  const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  const head = Buffer.alloc(20);
  head.writeUInt32LE(time, 8);
  head.writeUInt32LE(frame.length, 12);
  head.writeUInt32LE(frame.length, 16);
  const text = Buffer.from(comment);
  const option = Buffer.alloc(4);
  option.writeUInt16LE(1, 0);
  option.writeUInt16LE(text.length, 2);
  return block(6, Buffer.concat([head, padded(frame), option, padded(text), Buffer.alloc(4)]));
}

const ETHERNET = '333300000001' + '020000000001' + '86dd';
export const ECHO_FRAME = Buffer.from(
  `${ETHERNET}60000000000a3afffe800000000000000000000000000001fe80000000000000000000000000000280007fba000100016162`,
  'hex',
);

/** As many packets as the rules of a record say that they have. */
export function evidenceOf({ rules }: Pick<Report, 'rules'>): Buffer {
  const packets = rules.flatMap(({ id, packets: excerpt }) =>
    Array.from({ length: excerpt?.count ?? 0 }, () => id),
  );
  return Buffer.concat([
    SECTION,
    INTERFACE,
    ...packets.map((id, index) => packetBlock(ECHO_FRAME, 1000 * index, id)),
  ]);
}
