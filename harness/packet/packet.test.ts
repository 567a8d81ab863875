import fc from 'fast-check';
import { DecodeError } from '../errors';
import { formatAddress } from './address';
import { decodeEthernet, encodeEthernet } from './ethernet';
import { echo, ICMPV6 } from './icmpv6';
import { BARE, ETHERNET } from './link-layer';
import {
  decodeFrame,
  decodePacket,
  encodePacket,
  finalDestination,
  icmpv6Verifies,
  type ExtensionFields,
  type Packet,
  type PacketFields,
} from './packet';

// Frames that Linux sent between two network namespaces; tshark calls every checksum good.
const MLD_REPORT = Buffer.from(
  '33330000001602000000000a86dd6000000000240001fe80000000000000000000fffe00000aff02000000000000' +
    '00000000000000163a000502000001008f0071f50000000104000000ff0200000000000000000001ff00000a',
  'hex',
);
const ECHO = Buffer.from(
  '02000000000b02000000000a86dd6b81e324000b3a4020010db800000000000000000000000a20010db800000000' +
    '000000000000000b80005057007700006f6464',
  'hex',
);
const DESTINATION_OPTIONS = Buffer.from(
  '02000000000b02000000000a86dd6b81e32400133c4020010db800000000000000000000000a20010db800000000' +
    '000000000000000b3a0001040000000080005056007700016f6464',
  'hex',
);
const SEGMENT_ROUTING = Buffer.from(
  '02000000000b02000000000a86dd6b8502cb0043004020010db800000000000000000000000a20010db800000000' +
    '000000000000000b2b000502000001003c0404010100000020010db800000000000000000000000c20010db80000' +
    '0000000000000000000b3a0001040000000080005052007700046f6464',
  'hex',
);

// Made in Python with the checksum of the final destination; tshark calls both good.
const SOURCE_ROUTE = Buffer.from(
  '6000000000332b4020010db800000000000000000000000120010db80000000000000000000000023a0400020000' +
    '000020010db800000000000000000000000320010db800000000000000000000000480005fdd00010002616263',
  'hex',
);
const HOME_ADDRESS = Buffer.from(
  '6000000000232b4020010db800000000000000000000000120010db80000000000000000000000023a0202010000' +
    '000020010db800000000000000000000000580005fdc00010002616263',
  'hex',
);

const captured = { MLD_REPORT, ECHO, DESTINATION_OPTIONS, SEGMENT_ROUTING };
const HOST = '2001:db8::a';
const PEER = '2001:db8::b';
const body = (sequence: number) => echo(0x77, sequence, Buffer.from('odd'));

/** The packet in a frame that has one. */
function packetOf(frame: Buffer): Packet {
  const packet = decodeFrame(frame, ETHERNET);
  if (packet === undefined) throw new TypeError('The frame carries no IPv6 packet');
  return packet;
}

describe('foreign packets', () => {
  test('an echo request', () => {
    const packet = packetOf(ECHO);
    expect(packet).toMatchObject({
      extensions: [],
      protocol: 58,
      payloadOffset: 40,
      bytes: ECHO.subarray(14),
    });
    expect(packet.ethernet).toEqual(decodeEthernet(ECHO));
    expect(packet.icmpv6).toEqual({ type: 128, code: 0, checksum: 0x5057, body: body(0) });
    const fields = { source: HOST, destination: PEER, trafficClass: 0xb8, flowLabel: 0x1e324 };
    expect(encodePacket({ ...fields, icmpv6: { type: 128, body: body(0) } })).toEqual(packet.bytes);
  });

  test('an MLD report with a router alert', () => {
    const { ipv6, extensions, icmpv6, payloadOffset } = packetOf(MLD_REPORT);
    expect(ipv6).toMatchObject({ nextHeader: 0, hopLimit: 1, destination: 'ff02::16' });
    expect(extensions).toMatchObject([{ kind: 'hop-by-hop', offset: 40, nextHeader: 58 }]);
    expect(icmpv6).toMatchObject({ type: ICMPV6.mldv2Report, checksum: 0x71f5 });
    expect(payloadOffset).toBe(48);
  });

  test('an echo request with destination options', () => {
    const extensions: ExtensionFields[] = [{ kind: 'destination' }];
    const fields = { source: HOST, destination: PEER, trafficClass: 0xb8, flowLabel: 0x1e324, extensions };
    expect(encodePacket({ ...fields, icmpv6: { type: 128, body: body(1) } })).toEqual(
      DESTINATION_OPTIONS.subarray(14),
    );
  });

  test('an echo request through a segment', () => {
    const packet = packetOf(SEGMENT_ROUTING);
    expect(packet.extensions.map(({ kind, offset, bytes }) => [kind, offset, bytes.length])).toEqual([
      ['hop-by-hop', 40, 8],
      ['routing', 48, 40],
      ['destination', 88, 8],
    ]);
    expect(packet).toMatchObject({ payloadOffset: 96, icmpv6: { checksum: 0x5052 } });
    expect(finalDestination(packet)).toBe('2001:db8::c');
    const fields: PacketFields = {
      source: HOST,
      destination: PEER,
      trafficClass: 0xb8,
      flowLabel: 0x502cb,
      extensions: [
        { kind: 'hop-by-hop', options: [{ type: 5, data: Buffer.alloc(2) }] },
        { kind: 'routing', type: 4, addresses: ['2001:db8::c', PEER] },
        { kind: 'destination' },
      ],
      icmpv6: { type: 128, body: body(4) },
    };
    expect(encodePacket(fields)).toEqual(packet.bytes);
  });

  test.each([
    [0, SOURCE_ROUTE, ['2001:db8::3', '2001:db8::4']],
    [2, HOME_ADDRESS, ['2001:db8::5']],
  ])('an echo request with a routing header of type %d', (type, bytes, addresses) => {
    const packet = decodePacket(bytes);
    expect(packet.extensions).toMatchObject([{ kind: 'routing', type, addresses }]);
    expect(finalDestination(packet)).toBe(addresses.at(-1));
    expect(icmpv6Verifies(packet)).toBe(true);
    const fields: PacketFields = {
      source: '2001:db8::1',
      destination: '2001:db8::2',
      extensions: [{ kind: 'routing', type, addresses }],
      icmpv6: { type: 128, body: echo(1, 2, Buffer.from('abc')) },
    };
    expect(encodePacket(fields)).toEqual(bytes);
  });

  test.each(Object.entries(captured))('%s carries its checksum, and no other', (_, frame) => {
    expect(icmpv6Verifies(packetOf(frame))).toBe(true);
    const corrupt = Buffer.from(frame);
    corrupt.writeUInt8(corrupt.readUInt8(corrupt.length - 1) ^ 1, corrupt.length - 1);
    expect(icmpv6Verifies(packetOf(corrupt))).toBe(false);
  });

  test.each(Object.entries(captured))('every truncation of %s', (_, frame) => {
    for (let length = 0; length < frame.length; length++) {
      expect(() => decodeFrame(frame.subarray(0, length), ETHERNET)).toThrow(DecodeError);
    }
  });
});

describe('decoding', () => {
  const fields = { source: HOST, destination: PEER };

  test('leaves out what follows the packet', () => {
    const padded = Buffer.concat([ECHO, Buffer.alloc(7)]);
    expect(decodeFrame(padded, ETHERNET)).toEqual(decodeFrame(ECHO, ETHERNET));
  });

  test('leaves other frames alone', () => {
    const header = encodeEthernet({
      destination: 'ff:ff:ff:ff:ff:ff',
      source: '02:00:00:00:00:0a',
      type: 0x0806,
    });
    expect(decodeFrame(header, ETHERNET)).toBeUndefined();
    // RFC 791: the version is the upper half of the first byte.
    expect(decodeFrame(Buffer.from('45000014', 'hex'), BARE)).toBeUndefined();
  });

  test('takes a packet without a link-layer header as it is', () => {
    const { ethernet, ...packet } = packetOf(ECHO);
    expect(ethernet).toBeDefined();
    expect(decodeFrame(ECHO.subarray(14), BARE)).toEqual(packet);
    for (let length = 0; length < ECHO.length - 14; length += 1) {
      expect(() => decodeFrame(ECHO.subarray(14, 14 + length), BARE)).toThrow(DecodeError);
    }
  });

  test('finds no ICMPv6 where there is none', () => {
    const udp = encodePacket({ ...fields, protocol: 17, payload: Buffer.alloc(8) });
    const short = encodePacket({ ...fields, protocol: 58, payload: Buffer.alloc(3) });
    const extensions: ExtensionFields[] = [{ kind: 'fragment', fragmentOffset: 8 }];
    const later = encodePacket({ ...fields, extensions, icmpv6: { type: 128 } });
    for (const bytes of [udp, short, later]) {
      expect(decodePacket(bytes).icmpv6).toBeUndefined();
      expect(icmpv6Verifies(decodePacket(bytes))).toBe(false);
    }
  });

  test('does not look for headers in a later fragment', () => {
    const extensions: ExtensionFields[] = [{ kind: 'fragment', fragmentOffset: 8, nextHeader: 60 }];
    const payload = Buffer.alloc(8, 0xff);
    expect(decodePacket(encodePacket({ ...fields, extensions, payload }))).toMatchObject({
      protocol: 60,
      payload,
    });
  });

  test('a first fragment may end within the chain', () => {
    const extensions: ExtensionFields[] = [{ kind: 'fragment', more: true, nextHeader: 60 }];
    const payload = Buffer.from('3a01010400000000', 'hex');
    expect(decodePacket(encodePacket({ ...fields, extensions, payload }))).toMatchObject({
      protocol: 60,
      payload,
    });
  });

  test('no bytes upset it', () => {
    const chain = fc.constantFrom(0, 43, 44, 58, 59, 60, 255);
    const bytes = fc.tuple(
      fc.uint8Array({ minLength: 40, maxLength: 40 }),
      chain,
      fc.array(fc.tuple(chain, fc.nat(3))),
    );
    fc.assert(
      fc.property(bytes, fc.uint8Array({ maxLength: 200 }), ([ipv6, first, rest], tail) => {
        const packet = Buffer.concat([
          ipv6,
          ...rest.map(([next, length]) => Buffer.of(next, length, 1, 4, 0, 0, 0, 0)),
          tail,
        ]);
        packet.writeUInt16BE(packet.length - 40, 4);
        packet.writeUInt8(first, 6);
        try {
          icmpv6Verifies(decodePacket(packet));
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('encoding', () => {
  test('gives neighbor discovery the only hop limit it may have', () => {
    const hopLimit = (type: number) =>
      decodePacket(encodePacket({ source: HOST, destination: PEER, icmpv6: { type } })).ipv6.hopLimit;
    expect([132, 133, 137, 138].map(hopLimit)).toEqual([64, 255, 255, 64]);
  });

  test('sends given fields as they are', () => {
    const bytes = encodePacket({
      source: HOST,
      destination: PEER,
      payloadLength: 9,
      nextHeader: 17,
      hopLimit: 3,
      extensions: [{ kind: 'destination', nextHeader: 6, length: 4 }],
      icmpv6: { type: 128, checksum: 0xdead },
    });
    expect(bytes.subarray(4, 8).toString('hex')).toBe('00091103');
    expect(bytes.subarray(40).toString('hex')).toBe('0604010400000000' + '8000dead');
  });

  test('without a message there is no next header', () => {
    expect(decodePacket(encodePacket({ source: HOST, destination: PEER }))).toMatchObject({ protocol: 59 });
  });

  const address = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((address) => formatAddress(address));
  const options = fc.array(
    fc.record({ type: fc.integer({ min: 1, max: 255 }), data: fc.uint8Array({ maxLength: 20 }) }),
    {
      maxLength: 3,
    },
  );
  const extension: fc.Arbitrary<ExtensionFields> = fc.oneof(
    fc.record({ kind: fc.constant('hop-by-hop' as const), options }),
    fc.record({ kind: fc.constant('destination' as const), options }),
    fc.record({
      kind: fc.constant('routing' as const),
      type: fc.constantFrom(0, 2, 4),
      addresses: fc.array(address, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('fragment' as const), identification: fc.nat() }),
  );

  test('what is encoded is decoded, and verifies', () => {
    const icmpv6 = fc.record({
      type: fc.nat(255),
      code: fc.nat(255),
      body: fc.uint8Array({ maxLength: 50 }),
    });
    const fields = fc.record({
      source: address,
      destination: address,
      trafficClass: fc.nat(255),
      flowLabel: fc.nat(0xfffff),
      hopLimit: fc.nat(255),
      extensions: fc.array(extension, { maxLength: 4 }),
      icmpv6,
    });
    fc.assert(
      fc.property(fields, ({ extensions, icmpv6, ...ipv6 }) => {
        const packet = decodePacket(encodePacket({ ...ipv6, extensions, icmpv6 }));
        expect(packet.ipv6).toMatchObject(ipv6);
        expect(packet.extensions.map(({ kind }) => kind)).toEqual(extensions.map(({ kind }) => kind));
        expect(packet.icmpv6).toMatchObject({ ...icmpv6, body: Buffer.from(icmpv6.body) });
        expect(icmpv6Verifies(packet)).toBe(true);
        const { icmpv6: message, protocol } = packet;
        const again = { ...packet.ipv6, extensions: packet.extensions, protocol };
        expect(encodePacket(message === undefined ? again : { ...again, icmpv6: message })).toEqual(
          packet.bytes,
        );
      }),
    );
  });
});
