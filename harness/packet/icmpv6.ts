//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +---------------+---------------+-------------------------------+
//  |     type      |     code      |           checksum            |   RFC 4443 §2.1, next header 58
//  +---------------+---------------+-------------------------------+
//  |  body ...                                                     |
//  +---------------------------------------------------------------+

import { DecodeError } from '../errors';
import { icmpv6Checksum } from './checksum';

export const ICMPV6_BYTES = 4;

/** Message types, under the names of RFC 4443, RFC 2710, RFC 4861 and RFC 3810. */
export const ICMPV6 = {
  destinationUnreachable: 1,
  packetTooBig: 2,
  timeExceeded: 3,
  parameterProblem: 4,
  echoRequest: 128,
  echoReply: 129,
  mldQuery: 130,
  mldReport: 131,
  mldDone: 132,
  routerSolicitation: 133,
  routerAdvertisement: 134,
  neighborSolicitation: 135,
  neighborAdvertisement: 136,
  redirect: 137,
  mldv2Report: 143,
} as const;

/** `body` is everything after the first four bytes, and shares memory with them. */
export interface Icmpv6 {
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
  readonly body: Buffer;
}

/** Absent: code 0, the checksum that belongs there, an empty body. */
export interface Icmpv6Fields {
  readonly type: number;
  readonly code?: number;
  readonly checksum?: number;
  readonly body?: Uint8Array;
}

/** `destination` is the final one; the addresses serve an absent checksum alone. */
export function encodeIcmpv6(fields: Icmpv6Fields, source: string, destination: string): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(ICMPV6_BYTES), fields.body ?? Buffer.alloc(0)]);
  bytes.writeUInt8(fields.type, 0);
  bytes.writeUInt8(fields.code ?? 0, 1);
  bytes.writeUInt16BE(fields.checksum ?? icmpv6Checksum(source, destination, bytes), 2);
  return bytes;
}

export function decodeIcmpv6(bytes: Buffer, offset = 0): Icmpv6 {
  const available = Math.max(0, bytes.length - offset);
  if (available < ICMPV6_BYTES) throw new DecodeError('ICMPv6 message', offset, ICMPV6_BYTES, available);
  return {
    type: bytes.readUInt8(offset),
    code: bytes.readUInt8(offset + 1),
    checksum: bytes.readUInt16BE(offset + 2),
    body: bytes.subarray(offset + ICMPV6_BYTES),
  };
}

/** The body of an echo request or reply (RFC 4443 §4.1). */
export function echo(identifier: number, sequence: number, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(identifier, 0);
  head.writeUInt16BE(sequence, 2);
  return Buffer.concat([head, data]);
}

/** The body of a Destination Unreachable or Time Exceeded (RFC 4443 §3.1, §3.3). */
export function errorBody(offender: Uint8Array): Buffer {
  return quote(0, offender);
}

/** The body of a Packet Too Big (RFC 4443 §3.2); `mtu` in bytes. */
export function packetTooBig(mtu: number, offender: Uint8Array): Buffer {
  return quote(mtu, offender);
}

/** The body of a Parameter Problem (RFC 4443 §3.4); `pointer` is an offset in the offending packet. */
export function parameterProblem(pointer: number, offender: Uint8Array): Buffer {
  return quote(pointer, offender);
}

/** What an error may quote: the minimum MTU less the IPv6 header and the first 8 bytes of the message (RFC 4443 §2.4). */
const QUOTE_BYTES = 1280 - 40 - 8;

function quote(word: number, offender: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(word);
  return Buffer.concat([head, offender.subarray(0, QUOTE_BYTES)]);
}
