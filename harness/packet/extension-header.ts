//  +-------------+------------+--------------------------------
//  | next header |   length   |  content, to a multiple of 8      RFC 8200 §4, RFC 6564 §4
//  +-------------+------------+--------------------------------
//  The length counts units of 8 bytes and leaves out the first.

import { DecodeError } from '../errors';
import { NEXT_HEADER } from './ipv6';

/** Absent: no next header; the length that the content needs. `length` is the field itself, in units of 8 bytes less one. */
export interface ExtensionHeaderFields {
  readonly nextHeader?: number;
  readonly length?: number;
}

/** The header around `content`, with zeros after it up to a multiple of 8 bytes. */
export function encodeExtensionHeader(fields: ExtensionHeaderFields, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(Math.ceil((2 + content.length) / 8) * 8);
  bytes.writeUInt8(fields.nextHeader ?? NEXT_HEADER.none, 0);
  bytes.writeUInt8(fields.length ?? bytes.length / 8 - 1, 1);
  bytes.set(content, 2);
  return bytes;
}

/** The bytes that the extension header at `offset` says it has, at least 8. */
export function extensionLength(bytes: Buffer, offset: number): number {
  return ((bytes[offset + 1] ?? 0) + 1) * 8;
}

/** All bytes of the extension header at `offset`. `header` names it in the error. */
export function extensionBytes(header: string, bytes: Buffer, offset: number): Buffer {
  const needed = extensionLength(bytes, offset);
  const available = Math.max(0, bytes.length - offset);
  if (available < needed) throw new DecodeError(header, offset, needed, available);
  return bytes.subarray(offset, offset + needed);
}
