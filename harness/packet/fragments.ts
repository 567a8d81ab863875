//  +--------------+----------+-------------+
//  | per-fragment | fragment | bytes 0 …   |
//  +--------------+----------+-------------+
//  +--------------+----------+-------------+   RFC 8200 §4.5
//  | per-fragment | fragment | … to n      |
//  +--------------+----------+-------------+
//  Per-fragment are the headers that routers look at: IPv6, and all up to a hop-by-hop or routing header.

import { encodeFragment, FRAGMENT_BYTES } from './fragment';
import { IPV6_BYTES, NEXT_HEADER } from './ipv6';
import { decodePacket, type Extension, type Packet } from './packet';

const PAYLOAD_LENGTH_OFFSET = 4;
const NEXT_HEADER_OFFSET = 6;

/**
 * The fragments of an encoded packet, each of at most `mtu` bytes; the packet alone when it needs none.
 * @throws RangeError when the MTU has no room for the headers and 8 bytes
 */
export function fragment(packetBytes: Buffer, mtu: number, identification: number): Buffer[] {
  if (packetBytes.length <= mtu) return [packetBytes];
  const { ipv6, extensions, bytes } = decodePacket(packetBytes);
  const routed = extensions.slice(0, extensions.findLastIndex(isForRouters) + 1);
  const last = routed.at(-1);
  const head = Buffer.from(bytes.subarray(0, last ? last.offset + last.bytes.length : IPV6_BYTES));
  const body = bytes.subarray(head.length);
  const nextHeader = last?.nextHeader ?? ipv6.nextHeader;
  head.writeUInt8(NEXT_HEADER.fragment, last?.offset ?? NEXT_HEADER_OFFSET);

  const room = Math.floor((mtu - head.length - FRAGMENT_BYTES) / 8) * 8;
  if (room < 8)
    throw new RangeError(`Cannot fragment a packet for an MTU of ${String(mtu)}: no room for data`);
  return Array.from({ length: Math.ceil(body.length / room) }, (_, index) => {
    const fragmentOffset = index * room;
    const data = body.subarray(fragmentOffset, fragmentOffset + room);
    const more = fragmentOffset + room < body.length;
    const header = encodeFragment({ nextHeader, fragmentOffset, more, identification });
    return withPayloadLength(Buffer.concat([head, header, data]));
  });
}

function isForRouters({ kind }: Extension): boolean {
  return kind === 'hop-by-hop' || kind === 'routing';
}

/**
 * The packet whose fragments, all of one identification and in any order, are given; undefined while some are missing, and
 * when they make more than a packet can hold. Where fragments overlap, the one with the lower offset counts.
 */
export function reassemble(packets: readonly Packet[]): Packet | undefined {
  const pieces = packets.flatMap(pieceOf).sort((a, b) => a.start - b.start);
  const first = pieces[0];
  const end = pieces.find(({ more }) => !more)?.end;
  if (first === undefined || end === undefined) return undefined;

  const data: Buffer[] = [];
  let filled = 0;
  for (const piece of pieces) {
    if (piece.start > filled) return undefined;
    if (piece.end <= filled) continue;
    data.push(piece.data.subarray(filled - piece.start));
    filled = piece.end;
  }
  if (filled < end) return undefined;

  const head = Buffer.from(first.head);
  head.writeUInt8(first.nextHeader, first.nextHeaderOffset);
  const bytes = Buffer.concat([head, Buffer.concat(data).subarray(0, end)]);
  return bytes.length - IPV6_BYTES > 0xffff ? undefined : decodePacket(withPayloadLength(bytes));
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly more: boolean;
  readonly data: Buffer;
  readonly head: Buffer;
  readonly nextHeader: number;
  /** Of the byte in `head` that names the fragment header. */
  readonly nextHeaderOffset: number;
}

function pieceOf({ extensions, bytes }: Packet): Piece[] {
  const index = extensions.findIndex(({ kind }) => kind === 'fragment');
  const header = extensions[index];
  if (header?.kind !== 'fragment') return [];
  const { fragmentOffset, more, nextHeader, offset } = header;
  const data = bytes.subarray(offset + FRAGMENT_BYTES);
  const head = bytes.subarray(0, offset);
  const nextHeaderOffset = extensions[index - 1]?.offset ?? NEXT_HEADER_OFFSET;
  return [
    {
      start: fragmentOffset,
      end: fragmentOffset + data.length,
      more,
      data,
      head,
      nextHeader,
      nextHeaderOffset,
    },
  ];
}

function withPayloadLength(packet: Buffer): Buffer {
  packet.writeUInt16BE(packet.length - IPV6_BYTES, PAYLOAD_LENGTH_OFFSET);
  return packet;
}
