//  +---------------------------------------------------------------+
//  |                       source (16 bytes)                       |
//  +---------------------------------------------------------------+
//  |                 final destination (16 bytes)                  |   the pseudo-header
//  +---------------------------------------------------------------+   RFC 8200 §8.1
//  |                        message length                         |
//  +-----------------------------------------------+---------------+
//  |                      zero                     |  next header  |
//  +-----------------------------------------------+---------------+

import { parseAddress } from './address';
import { NEXT_HEADER } from './ipv6';

const ICMPV6 = NEXT_HEADER.icmpv6;
const CHECKSUM_OFFSET = 2;

/** The 40 bytes that a checksum covers before the message; `length` in bytes, addresses of 16 bytes. */
export function pseudoHeader(
  source: Uint8Array,
  destination: Uint8Array,
  length: number,
  nextHeader: number,
): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.set(source, 0);
  bytes.set(destination, 16);
  bytes.writeUInt32BE(length, 32);
  bytes.writeUInt8(nextHeader, 39);
  return bytes;
}

/**
 * The value to store in the checksum field of `message` (RFC 1071, RFC 8200 §8.1). The field's own bytes are summed as they
 * are, so they must be zero. A zero result stays zero: only UDP has another use for it.
 */
export function checksum(
  source: Uint8Array,
  destination: Uint8Array,
  nextHeader: number,
  message: Uint8Array,
): number {
  const pseudo = pseudoHeader(source, destination, message.length, nextHeader);
  return ~fold(sum(pseudo, 0, pseudo.length) + sum(message, 0, message.length)) & 0xffff;
}

/** The checksum that the ICMPv6 `message` should carry, whatever it carries now (RFC 4443 §2.3). */
export function icmpv6Checksum(source: string, destination: string, message: Uint8Array): number {
  const zeroed = Buffer.from(message);
  zeroed.fill(0, CHECKSUM_OFFSET, CHECKSUM_OFFSET + 2);
  return checksum(parseAddress(source), parseAddress(destination), ICMPV6, zeroed);
}

/**
 * Whether an ICMPv6 message carries the checksum that belongs to it: `length` bytes at offset `message` of `frame`, between
 * the source and destination at offset `addresses` (32 bytes). False when the frame ends before that.
 */
export function verifies(frame: Buffer, addresses: number, message: number, length: number): boolean {
  if (addresses + 32 > frame.length || message + length > frame.length) return false;
  const addressSum = sum(frame, addresses, addresses + 32);
  return fold(addressSum + length + ICMPV6 + sum(frame, message, message + length)) === 0xffff;
}

/** The sum of the 16-bit words from `start` to `end`, an odd last byte padded with zero. Below 2³² for 64 KiB. */
function sum(bytes: Uint8Array, start: number, end: number): number {
  // Even and odd bytes are summed apart, eight a turn: one addition a byte, and small integers to the end. Reading words
  // with `readUInt16BE` costs ten times as much; a check for absent bytes costs nothing.
  let even = 0;
  let odd = 0;
  let at = start;
  for (; at < end - 7; at += 8) {
    even += (bytes[at] ?? 0) + (bytes[at + 2] ?? 0) + (bytes[at + 4] ?? 0) + (bytes[at + 6] ?? 0);
    odd += (bytes[at + 1] ?? 0) + (bytes[at + 3] ?? 0) + (bytes[at + 5] ?? 0) + (bytes[at + 7] ?? 0);
  }
  for (; at < end - 1; at += 2) {
    even += bytes[at] ?? 0;
    odd += bytes[at + 1] ?? 0;
  }
  if (at < end) even += bytes[at] ?? 0;
  return even * 256 + odd;
}

function fold(sum: number): number {
  const once = (sum & 0xffff) + (sum >>> 16);
  return (once & 0xffff) + (once >>> 16);
}
