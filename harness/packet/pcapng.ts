//  +------------+--------------+--------------------+--------------+
//  | block type | total length |  body, to 32 bits  | total length |   draft-ietf-opsawg-pcapng
//  +------------+--------------+--------------------+--------------+
//  A file is a section header, then a description of each interface, then the packets. Options end a body: code, length, value
//  to 32 bits. The section header tells the byte order; this writer is always little-endian.

import { DecodeError } from '../errors';

const BLOCK = { section: 0x0a0d0d0a, interface: 1, enhancedPacket: 6 } as const;
const OPTION = { end: 0, comment: 1, interfaceName: 2, application: 4, timeResolution: 9 } as const;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const MICROSECONDS = 6;

/** A captured frame: `interface` counts the interfaces in the order of the file, `time` is in microseconds since 1970. */
export interface PcapngPacket {
  readonly interface: number;
  readonly time: bigint;
  readonly bytes: Buffer;
  readonly comment?: string;
}

export interface Pcapng {
  readonly interfaces: readonly { readonly name: string; readonly linkType: number }[];
  readonly packets: readonly PcapngPacket[];
}

/** The block that a file starts with; `application` names who wrote it. */
export function encodePcapngSection(application?: string): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
  body.writeUInt16LE(1, 4);
  body.writeBigInt64LE(-1n, 8);
  return block(BLOCK.section, body, options([OPTION.application, application]));
}

/** The block of an interface; packets refer to it by its place in the file, from 0. `linkType` is one of LINKTYPE_. */
export function encodePcapngInterface(name: string, linkType: number): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(linkType, 0);
  return block(
    BLOCK.interface,
    body,
    options([OPTION.interfaceName, name], [OPTION.timeResolution, Buffer.of(MICROSECONDS)]),
  );
}

export function encodePcapngPacket(packet: PcapngPacket): Buffer {
  const { time, bytes } = packet;
  const body = Buffer.alloc(20);
  body.writeUInt32LE(packet.interface, 0);
  body.writeUInt32LE(Number(time >> 32n), 4);
  body.writeUInt32LE(Number(time & 0xffffffffn), 8);
  body.writeUInt32LE(bytes.length, 12);
  body.writeUInt32LE(bytes.length, 16);
  return block(BLOCK.enhancedPacket, body, padded(bytes), options([OPTION.comment, packet.comment]));
}

function block(type: number, ...parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(8), ...parts, Buffer.alloc(4)]);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.writeUInt32LE(bytes.length, bytes.length - 4);
  return bytes;
}

function options(...list: readonly (readonly [code: number, value: string | Buffer | undefined])[]): Buffer {
  const encoded = list.flatMap(([code, value]) => (value === undefined ? [] : [option(code, value)]));
  return encoded.length === 0 ? Buffer.alloc(0) : Buffer.concat([...encoded, option(OPTION.end, '')]);
}

function option(code: number, value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(bytes.length, 2);
  return Buffer.concat([head, padded(bytes)]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

/**
 * Reads a file of any byte order and time resolution. Blocks other than the three that the writer knows, and time offsets
 * (`if_tsoffset`), are passed over.
 */
export function decodePcapng(bytes: Buffer): Pcapng {
  const interfaces: Interface[] = [];
  const packets: PcapngPacket[] = [];
  let order = LITTLE;
  let sectionStart = 0;
  let at = 0;
  do {
    need('pcapng block', bytes, at, 12);
    // The type of a section header reads the same in either order, and only the magic number after it tells which.
    if (at === 0 || bytes.readUInt32LE(at) === BLOCK.section) {
      order = byteOrder(bytes, at);
      sectionStart = interfaces.length;
    }
    const length = order.u32(bytes, at + 4);
    need('pcapng block', bytes, at, length);
    if (length < 12) throw new DecodeError('pcapng block', at, 12, length);
    // Bodies are read in place, so that an error tells the offset in the file.
    const file = bytes.subarray(0, at + length - 4);
    const type = order.u32(bytes, at);
    if (type === BLOCK.interface) interfaces.push(decodeInterface(file, at + 8, order));
    if (type === BLOCK.enhancedPacket) {
      packets.push(decodePacket(file, at + 8, order, interfaces, sectionStart));
    }
    at += length;
  } while (at < bytes.length);
  return { interfaces: interfaces.map(({ name, linkType }) => ({ name, linkType })), packets };
}

interface ByteOrder {
  readonly u16: (bytes: Buffer, at: number) => number;
  readonly u32: (bytes: Buffer, at: number) => number;
}

const LITTLE: ByteOrder = {
  u16: (bytes, at) => bytes.readUInt16LE(at),
  u32: (bytes, at) => bytes.readUInt32LE(at),
};

const BIG: ByteOrder = {
  u16: (bytes, at) => bytes.readUInt16BE(at),
  u32: (bytes, at) => bytes.readUInt32BE(at),
};

function byteOrder(bytes: Buffer, at: number): ByteOrder {
  const order = [LITTLE, BIG].find(({ u32 }) => u32(bytes, at + 8) === BYTE_ORDER_MAGIC);
  if (order === undefined || bytes.readUInt32LE(at) !== BLOCK.section) {
    throw new DecodeError('pcapng section header', at, 28, 0);
  }
  return order;
}

interface Interface {
  readonly name: string;
  readonly linkType: number;
  readonly ticksPerSecond: bigint;
}

function decodeInterface(file: Buffer, at: number, order: ByteOrder): Interface {
  need('pcapng interface description', file, at, 8);
  const found = decodeOptions(file, at + 8, order);
  const resolution = found.get(OPTION.timeResolution)?.[0] ?? MICROSECONDS;
  // The high bit tells a power of two from a power of ten.
  const ticksPerSecond = resolution < 0x80 ? 10n ** BigInt(resolution) : 2n ** BigInt(resolution - 0x80);
  const name = found.get(OPTION.interfaceName)?.toString() ?? '';
  return { name, linkType: order.u16(file, at), ticksPerSecond };
}

function decodePacket(
  file: Buffer,
  at: number,
  order: ByteOrder,
  interfaces: readonly Interface[],
  sectionStart: number,
): PcapngPacket {
  need('pcapng enhanced packet', file, at, 20);
  const start = at + 20;
  const captured = order.u32(file, at + 12);
  need('pcapng enhanced packet', file, at, 20 + captured);
  const number = sectionStart + order.u32(file, at);
  const ticks = (BigInt(order.u32(file, at + 4)) << 32n) | BigInt(order.u32(file, at + 8));
  const time = (ticks * 1_000_000n) / (interfaces[number]?.ticksPerSecond ?? 1_000_000n);
  const bytes = file.subarray(start, start + captured);
  const comment = decodeOptions(file, start + captured + (-captured & 3), order).get(OPTION.comment);
  const packet = { interface: number, time, bytes };
  return comment === undefined ? packet : { ...packet, comment: comment.toString() };
}

function decodeOptions(file: Buffer, start: number, order: ByteOrder): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = start; at < file.length;) {
    need('pcapng option', file, at, 4);
    const code = order.u16(file, at);
    const length = order.u16(file, at + 2);
    if (code === OPTION.end) break;
    need('pcapng option', file, at, 4 + length);
    found.set(code, file.subarray(at + 4, at + 4 + length));
    at += 4 + length + (-length & 3);
  }
  return found;
}

function need(header: string, bytes: Buffer, at: number, needed: number): void {
  const available = bytes.length - at;
  if (available < needed) throw new DecodeError(header, at, needed, available);
}
