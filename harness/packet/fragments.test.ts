import fc from 'fast-check';
import { DecodeError } from '../errors';
import { fragment, reassemble } from './fragments';
import { echo, ICMPV6 } from './icmpv6';
import { decodePacket, encodePacket, icmpv6Verifies, type ExtensionFields } from './packet';

const HOST = '2001:db8::a';
const PEER = '2001:db8::b';
const request = (size: number, extensions: readonly ExtensionFields[] = []) =>
  encodePacket({
    source: HOST,
    destination: PEER,
    trafficClass: 0xb8,
    flowLabel: 0x1e324,
    extensions,
    icmpv6: { type: ICMPV6.echoRequest, body: echo(0x77, 9, Buffer.alloc(size, 0xa5)) },
  });

// The two fragments in which Linux sent an echo request with 1500 bytes of 0xa5; tshark calls the checksum of the whole good.
const ADDRESSES = '20010db800000000000000000000000a20010db800000000000000000000000b';
const FIRST = `6b81e32405b02c40${ADDRESSES}3a000001bae78fa6` + '8000d28e00770009' + 'a5'.repeat(1440);
const SECOND = `6b81e32400442c40${ADDRESSES}3a0005a8bae78fa6` + 'a5'.repeat(60);
const LINUX = [FIRST, SECOND].map((hex) => Buffer.from(hex, 'hex'));

test('fragments as Linux sends them', () => {
  expect(fragment(request(1500), 1500, 0xbae78fa6)).toEqual(LINUX);
});

test.each([
  ['in order', LINUX],
  ['the last first', LINUX.toReversed()],
  ['twice', [...LINUX, ...LINUX]],
])('what Linux sent, reassembled: %s', (_, fragments) => {
  const packet = reassemble(fragments.map(decodePacket));
  expect(packet?.bytes).toEqual(request(1500));
  expect(packet && icmpv6Verifies(packet)).toBe(true);
});

test('nothing is reassembled while a fragment is missing', () => {
  const fragments = fragment(request(100), 80, 1).map(decodePacket);
  expect(fragments.length).toBeGreaterThan(2);
  expect(reassemble([])).toBeUndefined();
  fragments.forEach((_, missing) => {
    expect(reassemble(fragments.toSpliced(missing, 1))).toBeUndefined();
  });
});

test('a packet that fits, or was never in pieces', () => {
  expect(fragment(request(100), 1500, 1)).toEqual([request(100)]);
  expect(reassemble([decodePacket(request(100))])).toBeUndefined();
});

test('headers for routers go with every fragment, the others with the first', () => {
  const extensions: ExtensionFields[] = [
    { kind: 'hop-by-hop' },
    { kind: 'destination' },
    { kind: 'routing', type: 0, addresses: ['2001:db8::c'] },
    { kind: 'destination' },
  ];
  const packets = fragment(request(300, extensions), 200, 7).map(decodePacket);
  const kinds = packets.map((packet) => packet.extensions.map(({ kind }) => kind).join(' '));
  const routed = 'hop-by-hop destination routing fragment';
  expect(kinds).toEqual([`${routed} destination`, routed, routed]);
  expect(reassemble(packets)?.bytes).toEqual(request(300, extensions));
});

test('where fragments overlap, the lower offset counts', () => {
  const piece = (fragmentOffset: number, more: boolean, fill: number) =>
    decodePacket(
      encodePacket({
        source: HOST,
        destination: PEER,
        extensions: [{ kind: 'fragment', fragmentOffset, more, nextHeader: 253 }],
        payload: Buffer.alloc(16, fill),
      }),
    );
  const packet = reassemble([piece(8, false, 2), piece(0, true, 1)]);
  expect(packet?.payload).toEqual(Buffer.concat([Buffer.alloc(16, 1), Buffer.alloc(8, 2)]));
});

test('more than a packet can hold', () => {
  const piece = (fragmentOffset: number, size: number) =>
    decodePacket(
      encodePacket({
        source: HOST,
        destination: PEER,
        extensions: [{ kind: 'fragment', fragmentOffset, more: fragmentOffset === 0, nextHeader: 253 }],
        payload: Buffer.alloc(size),
      }),
    );
  expect(reassemble([piece(0, 65_520), piece(65_520, 15)])?.bytes).toHaveLength(40 + 65_535);
  expect(reassemble([piece(0, 65_520), piece(65_520, 16)])).toBeUndefined();
});

test('an MTU without room for data', () => {
  expect(() => fragment(request(100), 55, 1)).toThrow(RangeError);
  expect(fragment(request(100), 56, 1)).toHaveLength(14);
});

test('what is fragmented is reassembled, in any order', () => {
  const extension: fc.Arbitrary<ExtensionFields> = fc.constantFrom(
    { kind: 'hop-by-hop' },
    { kind: 'destination' },
    { kind: 'routing', type: 2, addresses: ['2001:db8::c'] },
  );
  const sizes = fc.record({
    size: fc.nat(600),
    mtu: fc.integer({ min: 160, max: 700 }),
    first: fc.nat(9),
    extensions: fc.array(extension, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(sizes, ({ size, mtu, first, extensions }) => {
      const bytes = request(size, extensions);
      const fragments = fragment(bytes, mtu, 1);
      expect(fragments.every(({ length }) => length <= mtu)).toBe(true);
      if (fragments.length === 1) return;
      const rotated = [...fragments.slice(first), ...fragments.slice(0, first)];
      expect(reassemble(rotated.map(decodePacket))?.bytes).toEqual(bytes);
    }),
  );
});

test('no fragments upset it', () => {
  const piece = fc.record({
    fragmentOffset: fc.nat(6).map((units) => units * 8),
    more: fc.boolean(),
    nextHeader: fc.constantFrom(0, 43, 44, 58, 60),
    payload: fc.uint8Array({ minLength: 8, maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      try {
        const packets = pieces.map(({ payload, ...header }) =>
          decodePacket(
            encodePacket({
              source: HOST,
              destination: PEER,
              extensions: [{ kind: 'fragment', ...header }],
              payload,
            }),
          ),
        );
        reassemble(packets);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }),
    { numRuns: 1000 },
  );
});
