import fc from 'fast-check';
import { Icmp6Filter, inRanges } from './filter';

const type = fc.integer({ min: 0, max: 255 });

// What ICMP6_FILTER_SETPASSALL, SETBLOCKALL, SETPASS and SETBLOCK of glibc's netinet/icmp6.h left in memory on x86-64.
const BLOCKS_0_31_32_255 = '0100008001000000000000000000000000000000000000000000000000000080';
const PASSES_133 = 'ffffffffffffffffffffffffffffffffdfffffffffffffffffffffffffffffff';

test('the macros of C and this class make the same bytes', () => {
  expect(Icmp6Filter.passAll().block(0, 31, 32, 255).encode(1).toString('hex')).toBe(BLOCKS_0_31_32_255);
  expect(Icmp6Filter.blockAll().pass(133).encode(1).toString('hex')).toBe(PASSES_133);
});

test('a system that passes with a set bit has the complement', () => {
  const bytes = Icmp6Filter.blockAll().pass(133).encode(0);
  expect(Buffer.from(bytes.map((byte) => byte ^ 0xff)).toString('hex')).toBe(PASSES_133);
});

test('decoding gives back what was encoded, for either bit', () => {
  fc.assert(
    fc.property(fc.array(type), fc.constantFrom<0 | 1>(0, 1), (types, bit) => {
      const filter = Icmp6Filter.blockAll().pass(...types);
      expect(Icmp6Filter.decode(filter.encode(bit), bit).equals(filter)).toBe(true);
    }),
  );
});

test('an operation changes the types that it names and no other', () => {
  fc.assert(
    fc.property(type, type, (one, other) => {
      expect(Icmp6Filter.passAll().block(one).willPass(other)).toBe(one !== other);
      expect(Icmp6Filter.blockAll().pass(one).willPass(other)).toBe(one === other);
    }),
  );
});

test('a filter says in words what it passes', () => {
  expect(String(Icmp6Filter.passAll().block(200))).toBe('passes 0-199, 201-255');
  expect(String(Icmp6Filter.blockAll().pass(134))).toBe('passes 134');
  expect(String(Icmp6Filter.blockAll())).toBe('passes none');
});

test('numbers keep their order, and neighbours become a range', () => {
  expect(inRanges([3, 4, 5, 1, 1, 2])).toBe('3-5, 1, 1-2');
});
