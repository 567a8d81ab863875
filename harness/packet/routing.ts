//  +-------------+------------+--------------+---------------+
//  | next header |   length   |     type     | segments left |   RFC 8200 §4.4, next header 43
//  +-------------+------------+--------------+---------------+
//  | types 0, 2: reserved · type 4: last entry, flags, tag   |   RFC 2460 §4.4, RFC 6275 §6.4, RFC 8754 §2
//  +---------------------------------------------------------+
//  | addresses (16 bytes each); type 4: then TLVs            |
//  +---------------------------------------------------------+

import { formatAddress, parseAddress } from './address';
import { encodeExtensionHeader, extensionBytes, type ExtensionHeaderFields } from './extension-header';

/** The source route (deprecated), the home address of Mobile IPv6, and the segment routing header. */
export const ROUTING_TYPE = { source: 0, mobile: 2, segment: 4 } as const;

/**
 * `addresses` are in the order of the wire, which for type 4 is the reverse of the way; none for an unknown type. `data` is
 * all that follows the first four bytes, of every type, and shares memory with the decoded bytes.
 */
export interface RoutingHeader {
  readonly nextHeader: number;
  readonly type: number;
  readonly segmentsLeft: number;
  readonly addresses: readonly string[];
  readonly data: Buffer;
}

/**
 * Absent: all segments that a packet at its source has left; no addresses; the data that the addresses need. Given `data`
 * go on the wire in place of `addresses`.
 */
export interface RoutingFields extends ExtensionHeaderFields {
  readonly type: number;
  readonly segmentsLeft?: number;
  readonly addresses?: readonly string[];
  readonly data?: Uint8Array;
}

export function encodeRouting(fields: RoutingFields): Buffer {
  const { type, addresses = [] } = fields;
  const content = Buffer.concat([Buffer.alloc(2), fields.data ?? encodeAddresses(type, addresses)]);
  content.writeUInt8(type, 0);
  content.writeUInt8(segmentsLeft(fields), 1);
  return encodeExtensionHeader(fields, content);
}

function encodeAddresses(type: number, addresses: readonly string[]): Buffer {
  const head = Buffer.alloc(4);
  if (type === ROUTING_TYPE.segment) head.writeUInt8(Math.max(0, addresses.length - 1), 0);
  return Buffer.concat([head, ...addresses.map(parseAddress)]);
}

function segmentsLeft({ type, segmentsLeft, addresses = [] }: RoutingFields): number {
  // The first segment of type 4 is already the destination of the IPv6 header.
  const computed = type === ROUTING_TYPE.segment ? Math.max(0, addresses.length - 1) : addresses.length;
  return segmentsLeft ?? computed;
}

export function decodeRouting(bytes: Buffer, offset = 0): RoutingHeader {
  const header = extensionBytes('routing header', bytes, offset);
  const type = header.readUInt8(2);
  const data = header.subarray(4);
  return {
    nextHeader: header.readUInt8(0),
    type,
    segmentsLeft: header.readUInt8(3),
    addresses: decodeAddresses(type, data),
    data,
  };
}

function decodeAddresses(type: number, data: Buffer): string[] {
  const room = Math.floor((data.length - 4) / 16);
  const count =
    type === ROUTING_TYPE.segment
      ? Math.min(room, data.readUInt8(0) + 1)
      : type === ROUTING_TYPE.source || type === ROUTING_TYPE.mobile
        ? room
        : 0;
  return Array.from({ length: count }, (_, index) => formatAddress(data, 4 + index * 16));
}

/**
 * Where the header sends the packet in the end, the destination that an upper-layer checksum covers (RFC 8200 §8.1).
 * Undefined when no segment is left, or when the type is unknown: then it is the destination of the IPv6 header.
 */
export function lastSegment(routing: RoutingHeader | RoutingFields): string | undefined {
  const { type, addresses = [] } = routing;
  if (segmentsLeft(routing) === 0) return undefined;
  switch (type) {
    case ROUTING_TYPE.segment:
      return addresses[0];
    case ROUTING_TYPE.source:
    case ROUTING_TYPE.mobile:
      return addresses.at(-1);
    default:
      return undefined;
  }
}
