import fc from 'fast-check';
import { DecodeError } from '../errors';
import { formatAddress } from './address';
import { decodeIpv6, encodeIpv6 } from './ipv6';

// Sent by Linux with IPV6_TCLASS 0xb8; the values are tshark's reading.
const bytes = Buffer.from(
  '6b81e324000b3a4020010db800000000000000000000000a20010db800000000000000000000000b',
  'hex',
);
const fields = {
  trafficClass: 0xb8,
  flowLabel: 0x1e324,
  payloadLength: 11,
  nextHeader: 58,
  hopLimit: 64,
  source: '2001:db8::a',
  destination: '2001:db8::b',
};

test('both directions', () => {
  expect(decodeIpv6(bytes)).toEqual(fields);
  expect(encodeIpv6(fields)).toEqual(bytes);
});

test('absent fields', () => {
  expect(decodeIpv6(encodeIpv6({ source: '::', destination: '::1' }))).toEqual({
    trafficClass: 0,
    flowLabel: 0,
    payloadLength: 0,
    nextHeader: 59,
    hopLimit: 64,
    source: '::',
    destination: '::1',
  });
});

test('a value wider than its field is refused', () => {
  expect(() => encodeIpv6({ ...fields, trafficClass: 0x100 })).toThrow(RangeError);
  expect(() => encodeIpv6({ ...fields, flowLabel: 0x100000 })).toThrow(RangeError);
  expect(() => encodeIpv6({ ...fields, hopLimit: 256 })).toThrow('out of range');
});

test('every truncation', () => {
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeIpv6(bytes.subarray(0, length))).toThrow(
      new DecodeError('IPv6 header', 0, 40, length),
    );
  }
});

test('what is encoded is decoded', () => {
  const address = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((address) => formatAddress(address));
  const header = fc.record({
    trafficClass: fc.nat(0xff),
    flowLabel: fc.nat(0xfffff),
    payloadLength: fc.nat(0xffff),
    nextHeader: fc.nat(0xff),
    hopLimit: fc.nat(0xff),
    source: address,
    destination: address,
  });
  fc.assert(
    fc.property(header, (fields) => {
      expect(decodeIpv6(encodeIpv6(fields))).toEqual(fields);
    }),
  );
});
