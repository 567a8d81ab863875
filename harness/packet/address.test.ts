import fc from 'fast-check';
import { formatAddress, isLinkLocal, isMulticast, parseAddress } from './address';

// The texts are those of RFC 4291 §2.2 and RFC 5952 §1-§5; the bytes are Python's socket.inet_pton.
test.each([
  ['2001:DB8:0:0:8:800:200C:417A', '20010db80000000000080800200c417a', '2001:db8::8:800:200c:417a'],
  ['FF01:0:0:0:0:0:0:101', 'ff010000000000000000000000000101', 'ff01::101'],
  ['0:0:0:0:0:0:0:1', '00000000000000000000000000000001', '::1'],
  ['0:0:0:0:0:0:0:0', '00000000000000000000000000000000', '::'],
  ['fe80::', 'fe800000000000000000000000000000', 'fe80::'],
  ['::FFFF:129.144.52.38', '00000000000000000000ffff81903426', '::ffff:129.144.52.38'],
  ['0:0:0:0:0:0:13.1.68.3', '0000000000000000000000000d014403', '::d01:4403'],
  ['64:ff9b::192.0.2.33', '0064ff9b0000000000000000c0000221', '64:ff9b::c000:221'],
  ['2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '20010000000000010000000000000001', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['1:2:3:4:5:6:7::', '00010002000300040005000600070000', '1:2:3:4:5:6:7:0'],
])('%s', (text, hex, canonical) => {
  const bytes = Buffer.from(hex, 'hex');
  expect(parseAddress(text)).toEqual(bytes);
  expect(formatAddress(bytes)).toBe(canonical);
  expect(formatAddress(Buffer.concat([Buffer.alloc(3, 7), bytes]), 3)).toBe(canonical);
});

// glibc's inet_pton refuses every one of them.
test.each([
  '',
  ':',
  ':::',
  '::1::',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4::5:6:7:8',
  '12345::',
  'g::',
  ' ::1',
  '1:',
  ':1',
  '192.0.2.1',
  '::256.0.0.1',
  '::01.2.3.4',
  '::1.2.3',
  '1.2.3.4::',
  '::1.2.3.4:1',
  'fe80::1%eth0',
])("'%s' is no address", (text) => {
  expect(() => parseAddress(text)).toThrow(new TypeError(`Cannot read '${text}' as an IPv6 address`));
});

test('every address survives its text', () => {
  const group = fc.oneof(fc.constant(0), fc.constant(0xffff), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const bytes = Buffer.from(Uint16Array.from(groups).buffer);
      expect(parseAddress(formatAddress(bytes))).toEqual(bytes);
    }),
  );
});

test('scopes', () => {
  expect(['ff02::1', 'ff00::', 'fe80::1', '::1'].map(isMulticast)).toEqual([true, true, false, false]);
  expect(['fe80::1', 'febf::1', 'fec0::1', 'ff02::1'].map(isLinkLocal)).toEqual([true, true, false, false]);
});
