//  60 00 00 00 00 0c 3a 40 20 01 0d b8 00 00 00 00
//  …
//  80 00 [00 00] 00 01 00 01        the bytes that a verdict is about, in brackets

import { ICMPV6_BYTES } from './icmpv6';
import type { Extension, Packet } from './packet';

/** A run of bytes, counted from the start of the IPv6 header. */
export interface Mark {
  readonly offset: number;
  readonly length: number;
}

export interface LaidOutField extends Mark {
  readonly field: string;
}

const IPV6_FIELDS: readonly LaidOutField[] = [
  // Its eight bits lie across two bytes, and the flow label begins in the second.
  { field: 'traffic class', offset: 0, length: 2 },
  { field: 'flow label', offset: 1, length: 3 },
  { field: 'payload length', offset: 4, length: 2 },
  { field: 'next header', offset: 6, length: 1 },
  { field: 'hop limit', offset: 7, length: 1 },
  { field: 'source', offset: 8, length: 16 },
  { field: 'destination', offset: 24, length: 16 },
];

const EXTENSION_FIELD: Readonly<Record<Extension['kind'], string>> = {
  'hop-by-hop': 'hop-by-hop options header',
  destination: 'destination options header',
  routing: 'routing header',
  fragment: 'fragment header',
};

/**
 * The fields of a packet in the order of the wire: those of the IPv6 header, each extension header as one, then `type`, `code`,
 * `checksum` and `body` of an ICMPv6 message, or the `payload`. A body or payload without bytes is left out.
 */
export function layout(packet: Packet): LaidOutField[] {
  const extensions = packet.extensions.map(({ kind, offset, bytes }) => ({
    field: EXTENSION_FIELD[kind],
    offset,
    length: bytes.length,
  }));
  return [...IPV6_FIELDS, ...extensions, ...payloadFields(packet)].filter(({ length }) => length > 0);
}

function payloadFields({ icmpv6, payload, payloadOffset: offset }: Packet): LaidOutField[] {
  if (icmpv6 === undefined) return [{ field: 'payload', offset, length: payload.length }];
  return [
    { field: 'type', offset, length: 1 },
    { field: 'code', offset: offset + 1, length: 1 },
    { field: 'checksum', offset: offset + 2, length: 2 },
    { field: 'body', offset: offset + ICMPV6_BYTES, length: icmpv6.body.length },
  ];
}

const LINE_BYTES = 16;

/**
 * Two hexadecimal digits a byte, 16 bytes a line, marked bytes in brackets. The first line, the last, the marked ones and their
 * neighbours are printed; two or more others in a row become one line with an ellipsis.
 */
export function hexdump(bytes: Uint8Array, marks: readonly Mark[]): string[] {
  const count = Math.ceil(bytes.length / LINE_BYTES);
  const isMarked = (at: number) => marks.some(({ offset, length }) => at >= offset && at < offset + length);
  const isNear = (line: number) =>
    marks.some(
      ({ offset, length }) =>
        length > 0 &&
        line >= Math.floor(offset / LINE_BYTES) - 1 &&
        line <= Math.floor((offset + length - 1) / LINE_BYTES) + 1,
    );
  const isPrinted = (line: number) => line <= 0 || line >= count - 1 || isNear(line);

  return Array.from({ length: count }, (_, line) => line).flatMap((line) => {
    if (isPrinted(line) || (isPrinted(line - 1) && isPrinted(line + 1)))
      return [hexLine(bytes, line, isMarked)];
    return isPrinted(line - 1) ? ['…'] : [];
  });
}

function hexLine(bytes: Uint8Array, line: number, isMarked: (at: number) => boolean): string {
  const start = line * LINE_BYTES;
  const end = Math.min(start + LINE_BYTES, bytes.length);
  return Array.from(bytes.subarray(start, end), (byte, index) => {
    const at = start + index;
    const opens = isMarked(at) && (at === start || !isMarked(at - 1));
    const closes = isMarked(at) && (at === end - 1 || !isMarked(at + 1));
    return `${opens ? '[' : ''}${byte.toString(16).padStart(2, '0')}${closes ? ']' : ''}`;
  }).join(' ');
}
