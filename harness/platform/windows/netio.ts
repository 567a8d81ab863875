import { encodeSocketAddress } from './layouts';

/** Structures of the IP Helper as bytes (`netioapi.h`), for IPv6. `luid` is the interface's NET_LUID. */

const IP_DAD_STATE_PREFERRED = 4;
const FOR_EVER = 0xffffffff;
/** MIB_IPPROTO_NETMGMT: a route that an administrator set. */
const NETMGMT = 3;
const AF_INET6 = 23;

export interface UnicastAddress {
  readonly luid: bigint;
  readonly address: string;
  readonly prefixLength: number;
  /** Whether the system chooses it by itself: another is deprecated, and used only when a program asks for it. */
  readonly preferred: boolean;
}

/** `MIB_UNICASTIPADDRESS_ROW`. Its duplicate address detection is over before it begins. */
export function encodeUnicastAddress(row: UnicastAddress): Buffer {
  const bytes = Buffer.alloc(80);
  encodeSocketAddress({ address: row.address }).copy(bytes, 0);
  bytes.writeBigUInt64LE(row.luid, 32);
  bytes.writeUInt32LE(FOR_EVER, 52);
  bytes.writeUInt32LE(row.preferred ? FOR_EVER : 0, 56);
  bytes.writeUInt8(row.prefixLength, 60);
  bytes.writeUInt32LE(IP_DAD_STATE_PREFERRED, 64);
  return bytes;
}

export interface Route {
  readonly luid: bigint;
  readonly prefix: string;
  readonly prefixLength: number;
  readonly nextHop: string;
  readonly metric: number;
}

/** `MIB_IPFORWARD_ROW2`. */
export function encodeRoute(row: Route): Buffer {
  const bytes = Buffer.alloc(104);
  bytes.writeBigUInt64LE(row.luid, 0);
  encodeSocketAddress({ address: row.prefix }).copy(bytes, 12);
  bytes.writeUInt8(row.prefixLength, 40);
  encodeSocketAddress({ address: row.nextHop }).copy(bytes, 44);
  bytes.writeUInt32LE(FOR_EVER, 76);
  bytes.writeUInt32LE(FOR_EVER, 80);
  bytes.writeUInt32LE(row.metric, 84);
  bytes.writeUInt32LE(NETMGMT, 88);
  return bytes;
}

/** An empty `MIB_IPINTERFACE_ROW` that names an interface: GetIpInterfaceEntry fills it in. */
export function encodeInterfaceKey(luid: bigint, index = 0): Buffer {
  const bytes = Buffer.alloc(168);
  bytes.writeUInt16LE(AF_INET6, 0);
  bytes.writeBigUInt64LE(luid, 8);
  bytes.writeUInt32LE(index, 16);
  return bytes;
}

/** Changes a `MIB_IPINTERFACE_ROW` so that the interface says nothing by itself and has this MTU. */
export function quieten(row: Buffer, mtu: number): void {
  const routerDiscoveryDisabled = 0;
  const linkLocalAlwaysOff = 0;
  row.writeUInt32LE(routerDiscoveryDisabled, 52);
  row.writeUInt32LE(0, DAD_TRANSMITS);
  row.writeUInt32LE(linkLocalAlwaysOff, 72);
  // SetIpInterfaceEntry refuses any other value.
  row.writeUInt32LE(0, SITE_PREFIX_LENGTH);
  row.writeUInt32LE(mtu, NL_MTU);
}

const DAD_TRANSMITS = 56;
const SITE_PREFIX_LENGTH = 144;
const NL_MTU = 152;

/** The MTU in a `MIB_IPINTERFACE_ROW`. */
export function decodeMtu(row: Buffer): number {
  return row.readUInt32LE(NL_MTU);
}

/** A `MIB_IF_ROW2` that names an interface: GetIfEntry2 fills it in. */
export function encodeCountersKey(luid: bigint): Buffer {
  const bytes = Buffer.alloc(1352);
  bytes.writeBigUInt64LE(luid, 0);
  return bytes;
}

/** OutDiscards in a `MIB_IF_ROW2`. */
export function decodeDiscards(row: Buffer): bigint {
  return row.readBigUInt64LE(1304);
}
