import fc from 'fast-check';
import { DecodeError } from '../errors';
import { decodePcapng, encodePcapngInterface, encodePcapngPacket, encodePcapngSection } from './pcapng';

// Written by editcap: two frames in microseconds, the first with a comment. tshark reads the times below.
const MICROSECONDS = Buffer.from(
  '0a0d0d0a6c0000004d3c2b1a01000000ffffffffffffffff0400450045646974636170202857697265736861726b' +
    '2920342e302e313720284769742076342e302e3137207061636b6167656420617320342e302e31372d302b646562' +
    '3132753329000000000000006c000000010000001400000001000000000004001400000006000000740000000000' +
    '0000fa600600c92af286410000004100000002000000000b02000000000a86dd6b81e324000b3a4020010db80000' +
    '0000000000000000000a20010db800000000000000000000000b80005057007700006f6464000000010005006865' +
    '6c6c6f0000000000000074000000060000006c00000000000000fa600600c12bf286490000004900000002000000' +
    '000b02000000000a86dd6b81e32400133c4020010db800000000000000000000000a20010db80000000000000000' +
    '0000000b3a0001040000000080005056007700016f64640000006c000000',
  'hex',
);

// Written by editcap from a capture in nanoseconds: tshark reads 1795478982.372041148.
const NANOSECONDS = Buffer.from(
  '0a0d0d0a6c0000004d3c2b1a01000000ffffffffffffffff0400450045646974636170202857697265736861726b' +
    '2920342e302e313720284769742076342e302e3137207061636b6167656420617320342e302e31372d302b646562' +
    '3132753329000000000000006c000000010000002000000001000000000004000900010009000000000000002000' +
    '00000600000064000000000000009fd2ea18bc21f721410000004100000002000000000b02000000000a86dd6b81' +
    'e324000b3a4020010db800000000000000000000000a20010db800000000000000000000000b8000505700770000' +
    '6f646400000064000000',
  'hex',
);

// Big-endian, in 1/1024 s, made in Python: tshark reads interface veth and time 1.5.
const BIG_ENDIAN = Buffer.from(
  '0a0d0d0a0000001c1a2b3c4d00010000ffffffffffffffff0000001c000000010000002800010000000000000002' +
    '000476657468000900018a000000000000000000002800000006000000300000000000000000000006000000000e' +
    '0000000e02000000000b02000000000a86dd000000000030',
  'hex',
);

test('a foreign file', () => {
  const { interfaces, packets } = decodePcapng(MICROSECONDS);
  expect(interfaces).toEqual([{ name: '', linkType: 1 }]);
  expect(packets).toMatchObject([
    { interface: 0, time: 1795478982372041n, comment: 'hello' },
    { interface: 0, time: 1795478982372289n },
  ]);
  expect(packets.map(({ bytes }) => bytes.length)).toEqual([65, 73]);
  expect(packets[0]?.bytes.toString('hex')).toMatch(/^02000000000b02000000000a86dd6b81.*6f6464$/);
  expect(packets[1]).not.toHaveProperty('comment');
});

test('foreign resolutions and byte orders', () => {
  expect(decodePcapng(NANOSECONDS).packets[0]?.time).toBe(1795478982372041n);
  expect(decodePcapng(BIG_ENDIAN)).toEqual({
    interfaces: [{ name: 'veth', linkType: 1 }],
    packets: [{ interface: 0, time: 1_500_000n, bytes: Buffer.from('02000000000b02000000000a86dd', 'hex') }],
  });
});

test('what editcap wrote is written alike', () => {
  const packets = decodePcapng(MICROSECONDS).packets.map(encodePcapngPacket);
  expect(Buffer.concat(packets)).toEqual(MICROSECONDS.subarray(-(0x74 + 0x6c)));
  const application = MICROSECONDS.toString('utf8', 28, 28 + 0x45);
  expect(encodePcapngSection(application)).toEqual(MICROSECONDS.subarray(0, 0x6c));
});

test('sections count their own interfaces', () => {
  const twice = Buffer.concat([BIG_ENDIAN, MICROSECONDS]);
  const { interfaces, packets } = decodePcapng(twice);
  expect(interfaces).toEqual([
    { name: 'veth', linkType: 1 },
    { name: '', linkType: 1 },
  ]);
  expect(packets.map((packet) => packet.interface)).toEqual([0, 1, 1]);
});

test('a file with nothing in it', () => {
  expect(decodePcapng(encodePcapngSection())).toEqual({ interfaces: [], packets: [] });
});

test.each([
  ['a little-endian file', NANOSECONDS, [0x6c, 0x6c + 0x20]],
  ['a big-endian file', BIG_ENDIAN, [28, 28 + 40]],
])('every truncation of %s', (_, file, ends) => {
  for (let length = 0; length < file.length; length++) {
    const read = () => decodePcapng(file.subarray(0, length));
    if (ends.includes(length)) expect(read().packets).toEqual([]);
    else expect(read).toThrow(DecodeError);
  }
});

test('what is not pcapng, and blocks that lie about their length', () => {
  expect(() => decodePcapng(Buffer.alloc(64))).toThrow(new DecodeError('pcapng section header', 0, 28, 0));
  expect(() => decodePcapng(MICROSECONDS.subarray(0x6c))).toThrow(DecodeError);
  const lying = Buffer.from(NANOSECONDS);
  lying.writeUInt32LE(8, 0x6c + 4);
  expect(() => decodePcapng(lying)).toThrow(new DecodeError('pcapng block', 0x6c, 12, 8));
});

test('what is encoded is decoded', () => {
  const link = fc.record({
    name: fc.string({ maxLength: 15, unit: 'grapheme' }),
    linkType: fc.nat(0xffff),
  });
  const packet = fc.record(
    {
      interface: fc.nat(2),
      time: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      bytes: fc.uint8Array({ maxLength: 70 }).map((bytes) => Buffer.from(bytes)),
      comment: fc.string({ unit: 'grapheme' }),
    },
    { requiredKeys: ['interface', 'time', 'bytes'] },
  );
  fc.assert(
    fc.property(fc.array(link, { minLength: 3, maxLength: 3 }), fc.array(packet), (interfaces, packets) => {
      const file = Buffer.concat([
        encodePcapngSection('rfc3542'),
        ...interfaces.map(({ name, linkType }) => encodePcapngInterface(name, linkType)),
        ...packets.map(encodePcapngPacket),
      ]);
      expect(decodePcapng(file)).toEqual({ interfaces, packets });
    }),
  );
});

test('no bytes upset it', () => {
  const change = fc.record({ at: fc.nat(NANOSECONDS.length - 1), value: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), (changes) => {
      const file = Buffer.from(NANOSECONDS);
      for (const { at, value } of changes) file.writeUInt8(value, at);
      try {
        decodePcapng(file);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }),
    { numRuns: 1000 },
  );
});
