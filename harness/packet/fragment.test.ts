import fc from 'fast-check';
import { DecodeError } from '../errors';
import { decodeFragment, encodeFragment } from './fragment';

// The two fragments of an echo request of 1508 bytes that Linux sent; tshark reads off=0 more=y and off=1448 more=n.
const cases = [
  ['3a000001bae78fa6', { nextHeader: 58, fragmentOffset: 0, more: true, identification: 0xbae78fa6 }],
  ['3a0005a8bae78fa6', { nextHeader: 58, fragmentOffset: 1448, more: false, identification: 0xbae78fa6 }],
] as const;

test.each(cases)('%s', (hex, fields) => {
  const bytes = Buffer.from(hex, 'hex');
  expect(decodeFragment(bytes)).toEqual(fields);
  expect(encodeFragment(fields)).toEqual(bytes);
});

test('absent fields', () => {
  expect(encodeFragment({}).toString('hex')).toBe('3b00000000000000');
});

test('an offset that the header cannot tell is refused', () => {
  expect(() => encodeFragment({ fragmentOffset: 1444 })).toThrow(RangeError);
  expect(() => encodeFragment({ fragmentOffset: 65_536 })).toThrow('out of range');
});

test('every truncation', () => {
  for (let length = 0; length < 8; length++) {
    expect(() => decodeFragment(Buffer.alloc(length))).toThrow(
      new DecodeError('fragment header', 0, 8, length),
    );
  }
});

test('what is encoded is decoded', () => {
  const fragment = fc.record({
    nextHeader: fc.nat(255),
    fragmentOffset: fc.nat(0x1fff).map((units) => units * 8),
    more: fc.boolean(),
    identification: fc.nat(0xffffffff),
  });
  fc.assert(
    fc.property(fragment, (fields) => {
      expect(decodeFragment(encodeFragment(fields))).toEqual(fields);
    }),
  );
});
