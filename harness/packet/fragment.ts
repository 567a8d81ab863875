//  +-------------+------------+---------------------------+----+-+
//  | next header |  reserved  |  offset, in units of 8    | 00 |M|   RFC 8200 §4.5, next header 44
//  +-------------+------------+---------------------------+----+-+
//  |                       identification                        |
//  +-------------------------------------------------------------+

import { DecodeError } from '../errors';
import { NEXT_HEADER } from './ipv6';

export const FRAGMENT_BYTES = 8;

/** `fragmentOffset` is in bytes, a multiple of 8; `more` tells that this is not the last. */
export interface FragmentHeader {
  readonly nextHeader: number;
  readonly fragmentOffset: number;
  readonly more: boolean;
  readonly identification: number;
}

/** Absent: no next header, offset 0, no more fragments, identification 0. */
export interface FragmentFields {
  readonly nextHeader?: number;
  readonly fragmentOffset?: number;
  readonly more?: boolean;
  readonly identification?: number;
}

/** @throws RangeError when the offset is no multiple of 8, or a value is wider than its field */
export function encodeFragment(fields: FragmentFields): Buffer {
  const { fragmentOffset = 0, more = false } = fields;
  if (fragmentOffset % 8 !== 0) {
    throw new RangeError(`Cannot encode fragment offset ${String(fragmentOffset)}: it is no multiple of 8`);
  }
  const bytes = Buffer.alloc(FRAGMENT_BYTES);
  bytes.writeUInt8(fields.nextHeader ?? NEXT_HEADER.none, 0);
  bytes.writeUInt16BE(fragmentOffset + (more ? 1 : 0), 2);
  bytes.writeUInt32BE(fields.identification ?? 0, 4);
  return bytes;
}

export function decodeFragment(bytes: Buffer, offset = 0): FragmentHeader {
  const available = Math.max(0, bytes.length - offset);
  if (available < FRAGMENT_BYTES) throw new DecodeError('fragment header', offset, FRAGMENT_BYTES, available);
  const position = bytes.readUInt16BE(offset + 2);
  return {
    nextHeader: bytes.readUInt8(offset),
    fragmentOffset: position & 0xfff8,
    more: (position & 1) === 1,
    identification: bytes.readUInt32BE(offset + 4),
  };
}
