import fc from 'fast-check';
import { DecodeError } from '../errors';
import { decodeEthernet, encodeEthernet, ETHERTYPE_IPV6, formatMac, parseMac } from './ethernet';

// The start of an MLD report that Linux sent.
const bytes = Buffer.from('33330000001602000000000a86dd', 'hex');
const fields = { destination: '33:33:00:00:00:16', source: '02:00:00:00:00:0a', type: ETHERTYPE_IPV6 };

test('both directions', () => {
  expect(decodeEthernet(bytes)).toEqual(fields);
  expect(encodeEthernet(fields)).toEqual(bytes);
  expect(encodeEthernet({ destination: fields.destination, source: fields.source })).toEqual(bytes);
  expect(decodeEthernet(encodeEthernet({ ...fields, type: 0x0806 })).type).toBe(0x0806);
});

test('every truncation', () => {
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeEthernet(bytes.subarray(0, length))).toThrow(
      new DecodeError('Ethernet header', 0, 14, length),
    );
  }
});

test.each(['', '02:00:00:00:00', '02:00:00:00:00:0g', '02-00-00-00-00-0a', '2:0:0:0:0:a'])("'%s'", (text) => {
  expect(() => parseMac(text)).toThrow(TypeError);
});

test('every address survives its text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (mac) => {
      expect(parseMac(formatMac(Buffer.from(mac)))).toEqual(Buffer.from(mac));
    }),
  );
});
