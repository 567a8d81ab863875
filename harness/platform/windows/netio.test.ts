import {
  decodeDiscards,
  decodeMtu,
  encodeCountersKey,
  encodeInterfaceKey,
  encodeRoute,
  encodeUnicastAddress,
  quieten,
} from './netio';

// What a C program printed for these structures (mingw-w64 10.0 for x86-64, under Wine 8.0).
const UNICAST =
  '1700000000000000fd00354200000000000000000000001100000000000000008877665544332211000000000000000000000000ffffffff000000004000000004000000000000000000000000000000';
const FORWARD =
  '887766554433221100000000170000000000000020010db800000000000000000000000000000000200000001700000000000000fe8000000000000000000000000000020000000000000000ffffffffffffffff0700000003000000000000000000000000000000';
const INTERFACE =
  '1700000000000000887766554433221107000000000000000000000000000000000000000000000000000000000000000000000001000000030000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000400000000000000dc050000000000000000000000000000';
const LUID = 0x1122334455667788n;

test('MIB_UNICASTIPADDRESS_ROW is encoded as C lays it out', () => {
  const row = { luid: LUID, address: 'fd00:3542::11', prefixLength: 64, preferred: false };
  expect(encodeUnicastAddress(row).toString('hex')).toBe(UNICAST);
});

test('MIB_IPFORWARD_ROW2 is encoded as C lays it out', () => {
  const row = { luid: LUID, prefix: '2001:db8::', prefixLength: 32, nextHop: 'fe80::2', metric: 7 };
  expect(encodeRoute(row).toString('hex')).toBe(FORWARD);
});

test('MIB_IPINTERFACE_ROW: the key, the MTU, and what makes an interface quiet', () => {
  const row = Buffer.from(INTERFACE, 'hex');
  expect(encodeInterfaceKey(LUID, 7).subarray(0, 20)).toEqual(row.subarray(0, 20));
  expect(encodeInterfaceKey(LUID)).toHaveLength(row.length);
  expect(decodeMtu(row)).toBe(1500);
  // RouterDiscoveryBehavior 1, DadTransmits 3, LinkLocalAddressBehavior 2 and SitePrefixLength 4 become 0.
  quieten(row, 0x0578);
  const changed = INTERFACE.replace('0100000003000000', '0000000000000000')
    .replace('0000000200000000', '0000000000000000')
    .replace('0000000400000000000000dc05', '00000000000000000000007805');
  expect(row.toString('hex')).toBe(changed);
});

test('MIB_IF_ROW2: the key and the packets that were thrown away', () => {
  const row = encodeCountersKey(LUID);
  expect(row.subarray(0, 8).toString('hex')).toBe('8877665544332211');
  // C's offsetof(MIB_IF_ROW2, OutDiscards) is 1304, and its size 1352.
  row.writeUInt8(9, 1304);
  expect([row.length, decodeDiscards(row)]).toEqual([1352, 9n]);
});
