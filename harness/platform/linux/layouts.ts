import { endianness } from 'node:os';
import { formatAddress, parseAddress } from '../../packet/address';
import type { ControlLayout, MessageFlag, SocketAddress } from '../../socket/system-calls';

/**
 * C structures of a 64-bit Linux as bytes, the same with glibc and musl (musl pads the narrower members of `msghdr` and
 * `cmsghdr` to the kernel's widths). Source: `bits/socket.h`, `netinet/in.h`, `linux/socket.h`.
 */

const little = endianness() === 'LE';

export const AF_UNSPEC = 0;
export const AF_INET = 2;
export const AF_INET6 = 10;

export const SOCKADDR_IN6_BYTES = 28;
export const IOVEC_BYTES = 16;
export const MSGHDR_BYTES = 56;
/** `msghdr`, then how much was sent or received, and padding. */
export const MMSGHDR_BYTES = 64;

export const control: ControlLayout = { header: 16, lengthField: 8, alignment: 8 };

export const MESSAGE_FLAGS: Readonly<Record<MessageFlag, number>> = {
  peek: 0x2,
  'dont-route': 0x4,
  truncate: 0x20,
  'dont-wait': 0x40,
  'error-queue': 0x2000,
  more: 0x8000,
};
export const MSG_CTRUNC = 0x8;
export const MSG_TRUNC = 0x20;

export function messageFlags(flags: readonly MessageFlag[]): number {
  return flags.reduce((bits, flag) => bits | MESSAGE_FLAGS[flag], 0);
}

export function encodeSocketAddress(address: SocketAddress): Buffer {
  if (address.family === 'inet') {
    const bytes = Buffer.alloc(16);
    write16(bytes, AF_INET, 0);
    bytes.writeUInt16BE(address.port ?? 0, 2);
    Buffer.from(address.address.split('.').map(Number)).copy(bytes, 4);
    return bytes;
  }
  const bytes = Buffer.alloc(SOCKADDR_IN6_BYTES);
  write16(bytes, AF_INET6, 0);
  bytes.writeUInt16BE(address.port ?? 0, 2);
  parseAddress(address.address).copy(bytes, 8);
  write32(bytes, address.scope ?? 0, 24);
  return bytes;
}

/** `undefined` when the bytes hold no address, as after recvmsg(2) on a connected stream. */
export function decodeSocketAddress(bytes: Buffer): SocketAddress | undefined {
  if (bytes.length < 2) return undefined;
  const family = read16(bytes, 0);
  if (family === AF_INET6 && bytes.length >= SOCKADDR_IN6_BYTES) {
    return {
      family: 'inet6',
      address: formatAddress(bytes, 8),
      port: bytes.readUInt16BE(2),
      scope: read32(bytes, 24),
    };
  }
  if (family === AF_INET && bytes.length >= 8) {
    return { family: 'inet', address: bytes.subarray(4, 8).join('.'), port: bytes.readUInt16BE(2), scope: 0 };
  }
  return undefined;
}

export interface MessageHeader {
  readonly name: bigint;
  readonly nameLength: number;
  readonly vectors: bigint;
  readonly vectorCount: number;
  readonly control: bigint;
  readonly controlLength: number;
}

/** `struct msghdr`, written at `offset`. */
export function writeMessageHeader(bytes: Buffer, header: MessageHeader, offset = 0): void {
  write64(bytes, header.name, offset);
  write32(bytes, header.nameLength, offset + 8);
  write64(bytes, header.vectors, offset + 16);
  write64(bytes, BigInt(header.vectorCount), offset + 24);
  write64(bytes, header.control, offset + 32);
  write64(bytes, BigInt(header.controlLength), offset + 40);
  write32(bytes, 0, offset + 48);
}

/** What recvmsg(2) wrote back. */
export function readMessageHeader(bytes: Buffer): {
  nameLength: number;
  controlLength: number;
  flags: number;
} {
  return {
    nameLength: read32(bytes, 8),
    controlLength: Number(read64(bytes, 40)),
    flags: read32(bytes, 48),
  };
}

/** `struct iovec`, written at `offset`. */
export function writeVector(bytes: Buffer, base: bigint, length: number, offset: number): void {
  write64(bytes, base, offset);
  write64(bytes, BigInt(length), offset + 8);
}

function read16(bytes: Buffer, offset: number): number {
  return little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset);
}

function write16(bytes: Buffer, value: number, offset: number): void {
  if (little) bytes.writeUInt16LE(value, offset);
  else bytes.writeUInt16BE(value, offset);
}

export function read32(bytes: Buffer, offset: number): number {
  return little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
}

export function write32(bytes: Buffer, value: number, offset: number): void {
  if (little) bytes.writeUInt32LE(value, offset);
  else bytes.writeUInt32BE(value, offset);
}

function read64(bytes: Buffer, offset: number): bigint {
  return little ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset);
}

export function write64(bytes: Buffer, value: bigint, offset: number): void {
  if (little) bytes.writeBigUInt64LE(value, offset);
  else bytes.writeBigUInt64BE(value, offset);
}
