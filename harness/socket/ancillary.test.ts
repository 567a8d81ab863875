import { system } from '../platform/linux/system';
import { Ancillary, ancillary, decodeMtuInfo, encodeAncillary } from './ancillary';

// The control buffer of a C program: IPV6_HOPLIMIT 77, then IPV6_PKTINFO with fd00:3542::11 and interface 3.
const CONTROL = Buffer.from(
  '140000000000000029000000340000004d00000000000000240000000000000029000000320000' +
    '00fd0035420000000000000000000000110300000000000000',
  'hex',
);

test('values become the control buffer that a C program builds', () => {
  const items = [ancillary.hopLimit(77), ancillary.packetInfo({ address: 'fd00:3542::11', interface: 3 })];
  expect(encodeAncillary(system, items).toString('hex')).toBe(CONTROL.toString('hex'));
});

test('a control buffer becomes values', () => {
  const received = new Ancillary(system, CONTROL);
  expect(received.hopLimit).toBe(77);
  expect(received.packetInfo).toEqual({ address: 'fd00:3542::11', interface: 3 });
  expect(received.trafficClass).toBeUndefined();
  expect(received.kinds).toEqual(['hop-limit', 'packet-info']);
});

test('an object that no option explains is told by its numbers', () => {
  const unknown = Buffer.from(CONTROL.subarray(0, 24));
  unknown.writeUInt32LE(999, 12);
  expect(new Ancillary(system, unknown).kinds).toEqual(['41/999']);
});

test('struct ip6_mtuinfo is read as C lays it out', () => {
  const printed = '0a00003a00000000fe8000000000000000000000000100020700000014050000';
  expect(decodeMtuInfo(Buffer.from(printed, 'hex'))).toEqual({ address: 'fe80::1:2', scope: 7, mtu: 1300 });
});
