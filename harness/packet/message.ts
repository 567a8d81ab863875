import type { Icmpv6Fields } from './icmpv6';

/**
 * Of a message that nobody gave one: `struct icmp6_hdr` (RFC 3542 §2.2) has eight bytes, and a host may take a shorter message
 * for malformed (§3.3).
 */
export const LEAST_BODY = Buffer.alloc(4);

/** An ICMPv6 message as a program writes it: the checksum is zero where none is given, for the kernel to fill in. */
export function message({ type, code = 0, checksum = 0, body = LEAST_BODY }: Icmpv6Fields): Buffer {
  const bytes = Buffer.alloc(4 + body.length);
  bytes.writeUInt8(type, 0);
  bytes.writeUInt8(code, 1);
  bytes.writeUInt16BE(checksum, 2);
  bytes.set(body, 4);
  return bytes;
}
