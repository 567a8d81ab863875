import { ECHO_FRAME } from '../golden/evidence';
import { fieldsOf, packetIn } from './dissect';

const IPV6 = ECHO_FRAME.subarray(14);

test('the packet of an Ethernet frame, and that of a device without a link layer', () => {
  expect(packetIn({ frame: ECHO_FRAME, linkType: 1 })).toEqual(IPV6);
  expect(packetIn({ frame: IPV6, linkType: 101 })).toEqual(IPV6);
});

test('what is not IPv6, too short, or of a link that is not known, has none', () => {
  const arp = Buffer.from(ECHO_FRAME);
  arp.writeUInt16BE(0x0806, 12);
  expect(packetIn({ frame: arp, linkType: 1 })).toBeUndefined();
  expect(packetIn({ frame: Buffer.alloc(40, 0x45), linkType: 101 })).toBeUndefined();
  expect(packetIn({ frame: IPV6.subarray(0, 39), linkType: 101 })).toBeUndefined();
  expect(packetIn({ frame: ECHO_FRAME, linkType: 113 })).toBeUndefined();
});

// RFC 8200 section 4.3 (hop-by-hop options), section 4.5 (fragment).
test('extension headers are followed to the message, but not behind the middle of a fragmented one', () => {
  const behind = (first: number, ...headers: string[]): Buffer => {
    const packet = Buffer.concat([
      IPV6.subarray(0, 40),
      Buffer.from(headers.join(''), 'hex'),
      IPV6.subarray(40),
    ]);
    packet.writeUInt8(first, 6);
    return packet;
  };
  const names = (packet: Buffer): string[] =>
    fieldsOf(packet)
      .filter(({ offset }) => offset >= 40)
      .map(({ field, offset }) => `${field} ${String(offset)}`);
  expect(names(behind(0, '2c00010400000000', '3a00000100000001'))).toEqual([
    'hop-by-hop options header 40',
    'fragment header 48',
    'type 56',
    'code 57',
    'checksum 58',
    'body 60',
  ]);
  expect(names(behind(44, '3a00058800000001'))).toEqual(['fragment header 40', 'payload 48']);
});

test('a packet cut anywhere has only fields that begin within it', () => {
  for (let length = 0; length <= IPV6.length; length += 1) {
    for (const { offset } of fieldsOf(IPV6.subarray(0, length))) expect(offset).toBeLessThan(length);
  }
});
