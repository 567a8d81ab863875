//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-------+---------------+---------------------------------------+
//  |   6   | traffic class |              flow label               |   RFC 8200 §3
//  +-------+---------------+-------+---------------+---------------+
//  |        payload length         |  next header  |   hop limit   |
//  +-------------------------------+---------------+---------------+
//  |                       source (16 bytes)                       |
//  +---------------------------------------------------------------+
//  |                    destination (16 bytes)                     |
//  +---------------------------------------------------------------+

import { DecodeError } from '../errors';
import { formatAddress, parseAddress } from './address';

export const IPV6_BYTES = 40;

/** Numbers of the IANA protocol registry, under the names of the RFCs that define the headers. */
export const NEXT_HEADER = {
  hopByHop: 0,
  tcp: 6,
  udp: 17,
  routing: 43,
  fragment: 44,
  encapsulatingSecurityPayload: 50,
  authentication: 51,
  icmpv6: 58,
  none: 59,
  destination: 60,
} as const;

/** `payloadLength` is in bytes and counts the extension headers. */
export interface Ipv6Header {
  readonly trafficClass: number;
  readonly flowLabel: number;
  readonly payloadLength: number;
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly source: string;
  readonly destination: string;
}

/** Absent: traffic class 0, flow label 0, payload length 0, no next header, hop limit 64. */
export interface Ipv6Fields {
  readonly trafficClass?: number;
  readonly flowLabel?: number;
  readonly payloadLength?: number;
  readonly nextHeader?: number;
  readonly hopLimit?: number;
  readonly source: string;
  readonly destination: string;
}

const DEFAULT_HOP_LIMIT = 64;

/** @throws RangeError when a value is wider than its field */
export function encodeIpv6(fields: Ipv6Fields): Buffer {
  const { trafficClass = 0, flowLabel = 0 } = fields;
  if (trafficClass > 0xff || flowLabel > 0xfffff) {
    // Their bits lie across bytes: a value that is too wide would change its neighbour unseen.
    throw new RangeError(
      `Cannot encode traffic class ${String(trafficClass)}, flow label ${String(flowLabel)}`,
    );
  }
  const bytes = Buffer.alloc(IPV6_BYTES);
  bytes.writeUInt32BE(0x60000000 + trafficClass * 0x100000 + flowLabel, 0);
  bytes.writeUInt16BE(fields.payloadLength ?? 0, 4);
  bytes.writeUInt8(fields.nextHeader ?? NEXT_HEADER.none, 6);
  bytes.writeUInt8(fields.hopLimit ?? DEFAULT_HOP_LIMIT, 7);
  bytes.set(parseAddress(fields.source), 8);
  bytes.set(parseAddress(fields.destination), 24);
  return bytes;
}

export function decodeIpv6(bytes: Buffer): Ipv6Header {
  if (bytes.length < IPV6_BYTES) throw new DecodeError('IPv6 header', 0, IPV6_BYTES, bytes.length);
  const first = bytes.readUInt32BE(0);
  return {
    trafficClass: (first >>> 20) & 0xff,
    flowLabel: first & 0xfffff,
    payloadLength: bytes.readUInt16BE(4),
    nextHeader: bytes.readUInt8(6),
    hopLimit: bytes.readUInt8(7),
    source: formatAddress(bytes, 8),
    destination: formatAddress(bytes, 24),
  };
}
