//  +-------------+-----------------------------------------+---------------------+
//  | IPv6 header | extension headers, each naming the next | ICMPv6, or another  |   RFC 8200 §4
//  +-------------+-----------------------------------------+---------------------+

import { DecodeError } from '../errors';
import { parseAddress } from './address';
import { checksum } from './checksum';
import {
  decodeDestinationOptions,
  encodeDestinationOptions,
  type DestinationOptionsFields,
  type DestinationOptionsHeader,
} from './destination-options';
import { decodeEthernet, type EthernetHeader } from './ethernet';
import { extensionLength } from './extension-header';
import {
  decodeFragment,
  encodeFragment,
  FRAGMENT_BYTES,
  type FragmentFields,
  type FragmentHeader,
} from './fragment';
import { decodeHopByHop, encodeHopByHop, type HopByHopFields, type HopByHopHeader } from './hop-by-hop';
import { decodeIcmpv6, encodeIcmpv6, ICMPV6, ICMPV6_BYTES, type Icmpv6, type Icmpv6Fields } from './icmpv6';
import { decodeIpv6, encodeIpv6, IPV6_BYTES, NEXT_HEADER, type Ipv6Fields, type Ipv6Header } from './ipv6';
import { ETHERNET, type LinkLayer } from './link-layer';
import { decodeRouting, encodeRouting, lastSegment, type RoutingFields, type RoutingHeader } from './routing';

/** Where an extension header is: its raw bytes, and their offset from the start of the IPv6 header. */
interface Place {
  readonly bytes: Buffer;
  readonly offset: number;
}

export type Extension =
  | ({ readonly kind: 'hop-by-hop' } & HopByHopHeader & Place)
  | ({ readonly kind: 'destination' } & DestinationOptionsHeader & Place)
  | ({ readonly kind: 'routing' } & RoutingHeader & Place)
  | ({ readonly kind: 'fragment' } & FragmentHeader & Place);

/**
 * A packet, sharing memory with the bytes that it was decoded from. `bytes` runs from the first byte of the IPv6 header to the
 * end of the payload length; `protocol` is the next header that the chain ends with, and `payload` what follows the chain, at
 * `payloadOffset`. `icmpv6` is undefined for another protocol, a fragment that is not the first, and less than four bytes.
 */
export interface Packet {
  readonly ipv6: Ipv6Header;
  readonly extensions: readonly Extension[];
  readonly protocol: number;
  readonly payload: Buffer;
  readonly icmpv6: Icmpv6 | undefined;
  readonly bytes: Buffer;
  readonly payloadOffset: number;
  /** The Ethernet header that it came behind, where it came behind one. */
  readonly ethernet?: EthernetHeader;
}

export type ExtensionFields =
  | ({ readonly kind: 'hop-by-hop' } & HopByHopFields)
  | ({ readonly kind: 'destination' } & DestinationOptionsFields)
  | ({ readonly kind: 'routing' } & RoutingFields)
  | ({ readonly kind: 'fragment' } & FragmentFields);

/**
 * Absent: lengths and next headers as the parts need them; protocol 58 with `icmpv6`, else none; hop limit 255 for neighbor
 * discovery, else 64. A given `payload` goes on the wire in place of `icmpv6`.
 */
export interface PacketFields extends Ipv6Fields {
  readonly extensions?: readonly ExtensionFields[];
  readonly icmpv6?: Icmpv6Fields;
  readonly protocol?: number;
  readonly payload?: Uint8Array;
}

const KIND_NUMBER = {
  'hop-by-hop': NEXT_HEADER.hopByHop,
  destination: NEXT_HEADER.destination,
  routing: NEXT_HEADER.routing,
  fragment: NEXT_HEADER.fragment,
} as const;

export function encodePacket(fields: PacketFields): Buffer {
  const { extensions = [], icmpv6, protocol = icmpv6 ? NEXT_HEADER.icmpv6 : NEXT_HEADER.none } = fields;
  const numbers = [...extensions.map(({ kind }) => KIND_NUMBER[kind]), protocol];
  const headers = extensions.map((extension, index) =>
    encodeExtension({ ...extension, nextHeader: extension.nextHeader ?? numbers[index + 1] ?? protocol }),
  );
  const final = lastStop(extensions, fields.destination);
  const message = icmpv6 ? encodeIcmpv6(icmpv6, fields.source, final) : Buffer.alloc(0);
  const rest = Buffer.concat([...headers, fields.payload ?? message]);
  const ipv6 = encodeIpv6({
    ...fields,
    payloadLength: fields.payloadLength ?? rest.length,
    nextHeader: fields.nextHeader ?? numbers[0] ?? protocol,
    hopLimit: fields.hopLimit ?? (icmpv6 && isNeighborDiscovery(icmpv6.type) ? 255 : 64),
  });
  return Buffer.concat([ipv6, rest]);
}

function encodeExtension(fields: ExtensionFields): Buffer {
  switch (fields.kind) {
    case 'hop-by-hop':
      return encodeHopByHop(fields);
    case 'destination':
      return encodeDestinationOptions(fields);
    case 'routing':
      return encodeRouting(fields);
    case 'fragment':
      return encodeFragment(fields);
  }
}

/** RFC 4861 §6.1, §7.1, §8.1: such a message with any other hop limit than 255 is discarded. */
function isNeighborDiscovery(type: number): boolean {
  return type >= ICMPV6.routerSolicitation && type <= ICMPV6.redirect;
}

/** `bytes` starts with the IPv6 header; what follows the payload length, such as Ethernet's padding, is left out. */
export function decodePacket(bytes: Buffer): Packet {
  const ipv6 = decodeIpv6(bytes);
  const end = IPV6_BYTES + ipv6.payloadLength;
  if (bytes.length < end) {
    throw new DecodeError('IPv6 payload', IPV6_BYTES, ipv6.payloadLength, bytes.length - IPV6_BYTES);
  }
  const packet = bytes.subarray(0, end);
  const extensions: Extension[] = [];
  let protocol = ipv6.nextHeader;
  let at = IPV6_BYTES;
  let piece: FragmentHeader | undefined;
  for (;;) {
    // What follows the header of a later fragment is the middle of something; a first one may end within the chain.
    if (piece !== undefined && piece.fragmentOffset > 0) break;
    if (piece?.more === true && !holdsExtension(packet, at)) break;
    const extension = decodeExtension(protocol, packet, at);
    if (extension === undefined) break;
    if (extension.kind === 'fragment') piece = extension;
    extensions.push(extension);
    protocol = extension.nextHeader;
    at += extension.bytes.length;
  }
  const payload = packet.subarray(at);
  const whole = piece === undefined || piece.fragmentOffset === 0;
  const isIcmpv6 = protocol === NEXT_HEADER.icmpv6 && whole && payload.length >= ICMPV6_BYTES;
  const icmpv6 = isIcmpv6 ? decodeIcmpv6(payload) : undefined;
  return { ipv6, extensions, protocol, payload, icmpv6, bytes: packet, payloadOffset: at };
}

function holdsExtension(packet: Buffer, offset: number): boolean {
  return offset + extensionLength(packet, offset) <= packet.length;
}

function decodeExtension(number: number, packet: Buffer, offset: number): Extension | undefined {
  const place = (length = extensionLength(packet, offset)): Place => ({
    bytes: packet.subarray(offset, offset + length),
    offset,
  });
  switch (number) {
    case NEXT_HEADER.hopByHop:
      return { kind: 'hop-by-hop', ...decodeHopByHop(packet, offset), ...place() };
    case NEXT_HEADER.destination:
      return { kind: 'destination', ...decodeDestinationOptions(packet, offset), ...place() };
    case NEXT_HEADER.routing:
      return { kind: 'routing', ...decodeRouting(packet, offset), ...place() };
    case NEXT_HEADER.fragment:
      return { kind: 'fragment', ...decodeFragment(packet, offset), ...place(FRAGMENT_BYTES) };
    default:
      return undefined;
  }
}

/** The packet in a frame; undefined when the frame carries another protocol. */
export function decodeFrame(frame: Buffer, linkLayer: LinkLayer): Packet | undefined {
  if (!linkLayer.carriesIpv6(frame)) return undefined;
  if (linkLayer !== ETHERNET) return decodePacket(frame.subarray(linkLayer.headerBytes));
  const ethernet = decodeEthernet(frame);
  return { ...decodePacket(frame.subarray(linkLayer.headerBytes)), ethernet };
}

/** The destination that an upper-layer checksum covers: the end of the way, while a routing header has segments left. */
export function finalDestination(packet: Packet): string {
  return lastStop(packet.extensions, packet.ipv6.destination);
}

function lastStop(extensions: readonly (Extension | ExtensionFields)[], destination: string): string {
  return extensions.reduce(
    (stop, extension) => (extension.kind === 'routing' ? (lastSegment(extension) ?? stop) : stop),
    destination,
  );
}

/** Whether the packet carries the ICMPv6 checksum that belongs to it. False for a fragment, and for what is not ICMPv6. */
export function icmpv6Verifies(packet: Packet): boolean {
  const { icmpv6, payload, ipv6 } = packet;
  if (icmpv6 === undefined) return false;
  const destination = parseAddress(finalDestination(packet));
  // Over a message with its own checksum, the sum is all ones and its complement zero (RFC 1071 §1).
  return checksum(parseAddress(ipv6.source), destination, NEXT_HEADER.icmpv6, payload) === 0;
}
