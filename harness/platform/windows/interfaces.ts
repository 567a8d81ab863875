import { LabError } from '../../errors';
import type { NetworkInterface } from '../../lab/laboratory';
import { openLibrary, type ForeignFunction } from '../../native/ffi';
import { encodeSocketAddress } from './layouts';
import {
  decodeDiscards,
  decodeMtu,
  encodeCountersKey,
  encodeInterfaceKey,
  encodeRoute,
  encodeUnicastAddress,
  quieten,
  type Route,
  type UnicastAddress,
} from './netio';

const WHY: Readonly<Record<number, string>> = {
  5: 'access is denied. Run as administrator',
  1168: 'there is no such interface, or IPv6 is off on it',
  5010: 'it is there already. Another run may be under way',
};

const found = new Map<string, ForeignFunction>();

/** Calls a function of the IP Helper that returns an error number of Windows. @throws LabError */
function ipHelper(prototype: string, what: string, ...args: Parameters<ForeignFunction>): void {
  const call = found.get(prototype) ?? openLibrary('iphlpapi.dll').function(prototype);
  found.set(prototype, call);
  const error = call(...args);
  if (error !== 0)
    throw new LabError(`Cannot ${what}: ${WHY[error] ?? 'the IP Helper refuses'} (error ${String(error)}).`);
}

/** The index and the MTU of an interface. @throws LabError where it has no IPv6 */
export function interfaceOf(luid: bigint, name: string): NetworkInterface {
  const key = Buffer.alloc(8);
  key.writeBigUInt64LE(luid);
  const index = Buffer.alloc(4);
  ipHelper('uint32_t ConvertInterfaceLuidToIndex(void *, void *)', `find the interface ${name}`, key, index);
  return { name, index: index.readUInt32LE(0), mtu: decodeMtu(rowOf(encodeInterfaceKey(luid), name)) };
}

/** The interface over which the host reaches itself. @throws LabError where Windows has no IPv6 */
export function loopbackInterface(): NetworkInterface {
  const index = Buffer.alloc(4);
  ipHelper(
    'uint32_t GetBestInterfaceEx(void *, void *)',
    'find the way to ::1',
    encodeSocketAddress({ address: '::1' }),
    index,
  );
  const number = index.readUInt32LE(0);
  const name = 'loopback';
  return { name, index: number, mtu: decodeMtu(rowOf(encodeInterfaceKey(0n, number), name)) };
}

function rowOf(key: Buffer, name: string): Buffer {
  ipHelper('uint32_t GetIpInterfaceEntry(void *)', `ask for the IPv6 settings of ${name}`, key);
  return key;
}

/** Makes an interface say nothing by itself, and gives it an MTU. @throws LabError */
export function configure(luid: bigint, name: string, mtu: number): void {
  const row = rowOf(encodeInterfaceKey(luid), name);
  quieten(row, mtu);
  ipHelper('uint32_t SetIpInterfaceEntry(void *)', `change the IPv6 settings of ${name}`, row);
}

/** @throws LabError */
export function addAddress(row: UnicastAddress): void {
  ipHelper(
    'uint32_t CreateUnicastIpAddressEntry(void *)',
    `give the host the address ${row.address}`,
    encodeUnicastAddress(row),
  );
}

/** The route goes with its interface. @throws LabError */
export function addRoute(row: Route): void {
  ipHelper('uint32_t CreateIpForwardEntry2(void *)', `add a route to ${row.prefix}`, encodeRoute(row));
}

/** Packets that the host sent over an interface and that were thrown away, since it was made. */
export function discardedBy(luid: bigint): bigint {
  const row = encodeCountersKey(luid);
  ipHelper('uint32_t GetIfEntry2(void *)', 'count the packets that were thrown away', row);
  return decodeDiscards(row);
}
