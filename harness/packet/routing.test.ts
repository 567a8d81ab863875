import fc from 'fast-check';
import { DecodeError } from '../errors';
import { formatAddress } from './address';
import { decodeRouting, encodeRouting, lastSegment, ROUTING_TYPE } from './routing';

const hex = (text: string) => Buffer.from(text, 'hex');
const A = '20010db8000000000000000000000003';
const B = '20010db8000000000000000000000004';

test('a source route, laid out as in RFC 2460 §4.4; tshark reads the same', () => {
  const bytes = hex('3a04000200000000' + A + B);
  const fields = { nextHeader: 58, type: 0, segmentsLeft: 2, addresses: ['2001:db8::3', '2001:db8::4'] };
  expect(decodeRouting(bytes)).toEqual({ ...fields, data: bytes.subarray(4) });
  expect(encodeRouting(fields)).toEqual(bytes);
  expect(encodeRouting({ nextHeader: 58, type: 0, addresses: fields.addresses })).toEqual(bytes);
  expect(lastSegment(fields)).toBe('2001:db8::4');
  expect(lastSegment({ ...fields, segmentsLeft: 0 })).toBeUndefined();
});

test('a home address, laid out as in RFC 6275 §6.4; tshark reads the same', () => {
  const bytes = hex('3a02020100000000' + A);
  const fields = { nextHeader: 58, type: ROUTING_TYPE.mobile, addresses: ['2001:db8::3'] };
  expect(decodeRouting(bytes)).toMatchObject({ ...fields, segmentsLeft: 1 });
  expect(encodeRouting(fields)).toEqual(bytes);
  expect(lastSegment(fields)).toBe('2001:db8::3');
});

test('a segment routing header that Linux sent by IPV6_RTHDR', () => {
  const bytes = hex(
    '3c04040101000000' + '20010db800000000000000000000000c' + '20010db800000000000000000000000b',
  );
  const fields = { nextHeader: 60, type: ROUTING_TYPE.segment, addresses: ['2001:db8::c', '2001:db8::b'] };
  expect(decodeRouting(bytes)).toMatchObject({ ...fields, segmentsLeft: 1 });
  expect(encodeRouting(fields)).toEqual(bytes);
  expect(lastSegment(fields)).toBe('2001:db8::c');
});

test('what follows the segment list is no segment', () => {
  const tlv = '0a0e' + '00'.repeat(14);
  expect(decodeRouting(hex('3a04040000000000' + A + tlv)).addresses).toEqual(['2001:db8::3']);
});

test('an unknown type keeps its data, and leads nowhere', () => {
  const bytes = hex('3b00fd07deadbeef');
  const decoded = decodeRouting(bytes);
  expect(decoded).toEqual({
    nextHeader: 59,
    type: 0xfd,
    segmentsLeft: 7,
    addresses: [],
    data: hex('deadbeef'),
  });
  expect(encodeRouting({ type: 0xfd, segmentsLeft: 7, data: hex('deadbeef') })).toEqual(bytes);
  expect(lastSegment(decoded)).toBeUndefined();
});

test('given fields are sent as they are', () => {
  expect(encodeRouting({ type: 0, length: 9, segmentsLeft: 5 }).toString('hex')).toBe('3b09000500000000');
  expect(encodeRouting({ type: 0, addresses: ['::1'], data: hex('01') }).toString('hex')).toBe(
    '3b00000101000000',
  );
});

test('every truncation', () => {
  const bytes = hex('3a02020100000000' + A);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeRouting(bytes.subarray(0, length))).toThrow(
      new DecodeError('routing header', 0, length < 2 ? 8 : 24, length),
    );
  }
});

const address = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((address) => formatAddress(address));

test('what is encoded is decoded, and the other way round', () => {
  const routing = fc.record({
    nextHeader: fc.nat(255),
    type: fc.constantFrom(...Object.values(ROUTING_TYPE)),
    segmentsLeft: fc.nat(255),
    addresses: fc.array(address, { minLength: 1, maxLength: 8 }),
  });
  fc.assert(
    fc.property(routing, (fields) => {
      const bytes = encodeRouting(fields);
      expect(decodeRouting(bytes)).toMatchObject(fields);
      expect(encodeRouting(decodeRouting(bytes))).toEqual(bytes);
    }),
  );
});

test('no bytes upset it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      try {
        lastSegment(decodeRouting(Buffer.from(bytes)));
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }),
  );
});
