//  +-------------+-----------------------------------------+---------------------+
//  | IPv6 header | extension headers, each naming the next | ICMPv6, or another  |   RFC 8200 §4, RFC 4443 §2.1
//  +-------------+-----------------------------------------+---------------------+

import type { EvidencePacket } from '../../evidence';
import type { Mark } from '../../report';

/** LINKTYPE_ of pcapng. */
const LINK = { ethernet: 1, raw: 101 } as const;
const ETHERNET = 14;
const ETHERTYPE_IPV6 = 0x86dd;
const IPV6 = 40;

const IPV6_FIELDS: readonly Mark[] = [
  { field: 'version, traffic class and flow label', offset: 0, length: 4 },
  { field: 'payload length', offset: 4, length: 2 },
  { field: 'next header', offset: 6, length: 1 },
  { field: 'hop limit', offset: 7, length: 1 },
  { field: 'source', offset: 8, length: 16 },
  { field: 'destination', offset: 24, length: 16 },
];

/** Next-header values of the headers that are followed, and how long the header at an offset is. */
const EXTENSIONS: Readonly<Record<number, { readonly field: string; length(extent: number): number }>> = {
  0: { field: 'hop-by-hop options header', length: (extent) => 8 * (extent + 1) },
  43: { field: 'routing header', length: (extent) => 8 * (extent + 1) },
  44: { field: 'fragment header', length: () => 8 },
  60: { field: 'destination options header', length: (extent) => 8 * (extent + 1) },
};
const FRAGMENT = 44;
const ICMPV6 = 58;

/** The IPv6 packet in a captured frame; undefined when it carries another protocol. */
export function packetIn({
  frame,
  linkType,
}: Pick<EvidencePacket, 'frame' | 'linkType'>): Buffer | undefined {
  const start = { [LINK.ethernet]: ETHERNET, [LINK.raw]: 0 }[linkType];
  if (start === undefined || frame.length < start + IPV6) return undefined;
  const isIpv6 =
    linkType === LINK.ethernet ? frame.readUInt16BE(12) === ETHERTYPE_IPV6 : frame.readUInt8(0) >> 4 === 6;
  return isIpv6 ? frame.subarray(start) : undefined;
}

/** The fields of a packet from the first byte of its IPv6 header, for looking at: nothing is judged, and nothing refused. */
export function fieldsOf(bytes: Buffer): readonly Mark[] {
  if (bytes.length < IPV6) return [];
  const marks = [...IPV6_FIELDS];
  let next = bytes.readUInt8(6);
  let at = IPV6;
  let later = false;
  for (;;) {
    const extension = EXTENSIONS[next];
    if (extension === undefined || later || at + 8 > bytes.length) break;
    const length = extension.length(bytes.readUInt8(at + 1));
    marks.push({ field: extension.field, offset: at, length });
    // What follows the header of a fragment that is not the first is the middle of something.
    later = next === FRAGMENT && bytes.readUInt16BE(at + 2) >> 3 !== 0;
    next = bytes.readUInt8(at);
    at += length;
  }
  marks.push(...payload(next === ICMPV6 && !later, at, bytes.length - at));
  return marks.filter(({ offset, length }) => length > 0 && offset < bytes.length);
}

function payload(isIcmpv6: boolean, offset: number, length: number): Mark[] {
  if (!isIcmpv6) return [{ field: 'payload', offset, length }];
  return [
    { field: 'type', offset, length: 1 },
    { field: 'code', offset: offset + 1, length: 1 },
    { field: 'checksum', offset: offset + 2, length: 2 },
    { field: 'body', offset: offset + 4, length: length - 4 },
  ];
}
