//  +------------------+------------------+------+
//  | destination (6)  |    source (6)    | type |   Ethernet II; IPv6 over it is RFC 2464
//  +------------------+------------------+------+

import { DecodeError } from '../errors';

export const ETHERNET_BYTES = 14;
export const ETHERTYPE_IPV6 = 0x86dd;

/** Addresses are text such as `02:00:00:00:00:0a`. */
export interface EthernetHeader {
  readonly destination: string;
  readonly source: string;
  readonly type: number;
}

/** An absent type is IPv6. */
export interface EthernetFields {
  readonly destination: string;
  readonly source: string;
  readonly type?: number;
}

/** @throws TypeError when an address is not six bytes in hexadecimal */
export function encodeEthernet(fields: EthernetFields): Buffer {
  const bytes = Buffer.alloc(ETHERNET_BYTES);
  bytes.set(parseMac(fields.destination), 0);
  bytes.set(parseMac(fields.source), 6);
  bytes.writeUInt16BE(fields.type ?? ETHERTYPE_IPV6, 12);
  return bytes;
}

export function decodeEthernet(bytes: Buffer): EthernetHeader {
  if (bytes.length < ETHERNET_BYTES) {
    throw new DecodeError('Ethernet header', 0, ETHERNET_BYTES, bytes.length);
  }
  return { destination: formatMac(bytes, 0), source: formatMac(bytes, 6), type: bytes.readUInt16BE(12) };
}

/** @throws TypeError when the text is not six bytes in hexadecimal */
export function parseMac(text: string): Buffer {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text)) {
    throw new TypeError(`Cannot read '${text}' as an Ethernet address`);
  }
  return Buffer.from(text.replaceAll(':', ''), 'hex');
}

/** The six bytes at `offset`, such as `02:00:00:00:00:0a`. */
export function formatMac(bytes: Buffer, offset = 0): string {
  return (bytes.toString('hex', offset, offset + 6).match(/../g) ?? []).join(':');
}
