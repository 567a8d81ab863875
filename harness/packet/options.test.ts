import fc from 'fast-check';
import { DecodeError } from '../errors';
import { decodeDestinationOptions, encodeDestinationOptions } from './destination-options';
import { decodeHopByHop, encodeHopByHop } from './hop-by-hop';
import { decodeOptions, encodeOptions, OPTION } from './options';

const hex = (text: string) => Buffer.from(text, 'hex');

test('the hop-by-hop header of an MLD report that Linux sent, as tshark reads it', () => {
  const bytes = hex('3a00050200000100');
  const options = [
    { type: OPTION.routerAlert, data: hex('0000') },
    { type: OPTION.padN, data: hex('') },
  ];
  expect(decodeHopByHop(bytes)).toEqual({ nextHeader: 58, options });
  expect(encodeHopByHop({ nextHeader: 58, options })).toEqual(bytes);
  expect(encodeHopByHop({ nextHeader: 58, options: options.slice(0, 1) })).toEqual(bytes);
});

test('the destination options header that Linux was given by IPV6_DSTOPTS', () => {
  const bytes = hex('3a00010400000000');
  expect(decodeDestinationOptions(bytes)).toEqual({
    nextHeader: 58,
    options: [{ type: 1, data: hex('00000000') }],
  });
  expect(encodeDestinationOptions({ nextHeader: 58 })).toEqual(bytes);
});

test('the example of RFC 8200, appendix A', () => {
  // Option X of 12 bytes at 8n+2, option Y of 7 bytes at 4n+3, padded as the appendix does it.
  const options = [
    { type: 0x1e, data: hex('11111111' + '2222222222222222') },
    { type: OPTION.pad1 },
    { type: 0x3e, data: hex('01' + '0203' + '04050607') },
  ];
  expect(encodeHopByHop({ nextHeader: 59, options }).toString('hex')).toBe(
    '3b031e0c11111111' + '2222222222222222' + '003e070102030405' + '0607010400000000',
  );
});

test.each([
  [5, '1e0300000000'.slice(0, 10), '00'],
  [4, '1e020000', '0100'],
  [6, '1e0400000000', ''],
  [7, '1e050000000000', '01050000000000'],
])('%d bytes of options are padded', (_, option, padding) => {
  const options = [{ type: 0x1e, data: hex(option.slice(4)) }];
  expect(encodeOptions(options).toString('hex')).toBe(option + padding);
});

test('a given length is sent as it is', () => {
  expect(
    encodeHopByHop({ length: 7, options: [{ type: 5, length: 9, data: hex('0000') }] }).toString('hex'),
  ).toBe('3b07050900000100');
});

test('every truncation', () => {
  const bytes = hex('3a0105020000010a00000000000000000000');
  for (let length = 0; length < 16; length++) {
    const needed = length < 2 ? 8 : 16;
    expect(() => decodeHopByHop(bytes.subarray(0, length))).toThrow(
      new DecodeError('hop-by-hop options header', 0, needed, length),
    );
    expect(() => decodeDestinationOptions(bytes.subarray(0, length))).toThrow(DecodeError);
  }
});

test('an option that its header has no room for', () => {
  expect(() => decodeHopByHop(hex('ffff3a00050200000105'), 2)).toThrow(new DecodeError('option', 8, 7, 2));
  expect(() => decodeOptions(hex('05'))).toThrow(new DecodeError('option', 0, 2, 1));
});

const option = fc.record({
  type: fc.integer({ min: 1, max: 255 }),
  data: fc.uint8Array({ maxLength: 60 }).map((data) => Buffer.from(data)),
});
const pad1 = fc.constant({ type: OPTION.pad1, data: Buffer.alloc(0) });

test('what is encoded is decoded, and padding follows', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(option, pad1), { maxLength: 20 }), fc.nat(255), (options, nextHeader) => {
      const bytes = encodeHopByHop({ nextHeader, options });
      const decoded = decodeHopByHop(bytes);
      expect(bytes.length % 8).toBe(0);
      expect(decoded.nextHeader).toBe(nextHeader);
      expect(decoded.options.slice(0, options.length)).toEqual(options);
      expect(decoded.options.slice(options.length).every(({ type }) => type <= OPTION.padN)).toBe(true);
      expect(encodeHopByHop(decoded)).toEqual(bytes);
    }),
  );
});
