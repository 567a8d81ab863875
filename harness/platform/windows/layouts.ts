import { formatAddress, parseAddress } from '../../packet/address';
import type { ControlLayout, SocketAddress } from '../../socket/system-calls';

/**
 * C structures of a 64-bit Windows as bytes: little-endian, `long` of 32 bits, pointers of 64. Source: `ws2def.h`,
 * `ws2ipdef.h`, `winsock2.h`.
 */

export const AF_INET = 2;
export const AF_INET6 = 23;

export const SOCKADDR_IN6_BYTES = 28;
export const WSABUF_BYTES = 16;
export const WSAMSG_BYTES = 56;
export const WSAPOLLFD_BYTES = 16;

/** `WSACMSGHDR`: the header file has a `SIZE_T cmsg_len`, whatever its documentation says. */
export const control: ControlLayout = { header: 16, lengthField: 8, alignment: 8 };

export const MSG_PEEK = 0x2;
export const MSG_DONTROUTE = 0x4;
export const MSG_TRUNC = 0x100;
export const MSG_CTRUNC = 0x200;

export const POLLHUP = 0x2;
export const POLLRDNORM = 0x100;
export const POLLWRNORM = 0x10;

export function encodeSocketAddress(address: SocketAddress): Buffer {
  if (address.family === 'inet') {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt16LE(AF_INET, 0);
    bytes.writeUInt16BE(address.port ?? 0, 2);
    Buffer.from(address.address.split('.').map(Number)).copy(bytes, 4);
    return bytes;
  }
  const bytes = Buffer.alloc(SOCKADDR_IN6_BYTES);
  bytes.writeUInt16LE(AF_INET6, 0);
  bytes.writeUInt16BE(address.port ?? 0, 2);
  parseAddress(address.address).copy(bytes, 8);
  bytes.writeUInt32LE(address.scope ?? 0, 24);
  return bytes;
}

/** `undefined` when the bytes hold no address. */
export function decodeSocketAddress(bytes: Buffer): SocketAddress | undefined {
  if (bytes.length < 2) return undefined;
  const family = bytes.readUInt16LE(0);
  if (family === AF_INET6 && bytes.length >= SOCKADDR_IN6_BYTES) {
    return {
      family: 'inet6',
      address: formatAddress(bytes, 8),
      port: bytes.readUInt16BE(2),
      scope: bytes.readUInt32LE(24),
    };
  }
  if (family === AF_INET && bytes.length >= 8) {
    return { family: 'inet', address: bytes.subarray(4, 8).join('.'), port: bytes.readUInt16BE(2), scope: 0 };
  }
  return undefined;
}

/** `WSABUF`, written at `offset`: the length comes first. */
export function writeBuffer(bytes: Buffer, base: bigint, length: number, offset = 0): void {
  bytes.writeUInt32LE(length, offset);
  bytes.writeUInt32LE(0, offset + 4);
  bytes.writeBigUInt64LE(base, offset + 8);
}

export interface WsaMessage {
  readonly name: bigint;
  readonly nameLength: number;
  readonly buffers: bigint;
  readonly bufferCount: number;
  readonly control: bigint;
  readonly controlLength: number;
  readonly flags: number;
}

/** `WSAMSG`. The control buffer is a WSABUF inside it. */
export function encodeMessage(message: WsaMessage): Buffer {
  const bytes = Buffer.alloc(WSAMSG_BYTES);
  bytes.writeBigUInt64LE(message.name, 0);
  bytes.writeInt32LE(message.nameLength, 8);
  bytes.writeBigUInt64LE(message.buffers, 16);
  bytes.writeUInt32LE(message.bufferCount, 24);
  writeBuffer(bytes, message.control, message.controlLength, 32);
  bytes.writeUInt32LE(message.flags, 48);
  return bytes;
}

/** What WSARecvMsg wrote back. */
export function decodeMessage(bytes: Buffer): Pick<WsaMessage, 'nameLength' | 'controlLength' | 'flags'> {
  return {
    nameLength: bytes.readInt32LE(8),
    controlLength: bytes.readUInt32LE(32),
    flags: bytes.readUInt32LE(48),
  };
}

/** `WSAPOLLFD`: a socket is as wide as a pointer. */
export function encodePoll(socket: number, events: number): Buffer {
  const bytes = Buffer.alloc(WSAPOLLFD_BYTES);
  bytes.writeBigUInt64LE(BigInt(socket), 0);
  bytes.writeInt16LE(events, 8);
  return bytes;
}

/** The events that WSAPoll returned. */
export function decodePoll(bytes: Buffer): number {
  return bytes.readInt16LE(10);
}

/** A `GUID` in its usual spelling: the first three groups are numbers of the host, the last two are bytes. */
export function encodeGuid(text: string): Buffer {
  const [first = '', second = '', third = '', ...rest] = text.split('-');
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(Number.parseInt(first, 16), 0);
  bytes.writeUInt16LE(Number.parseInt(second, 16), 4);
  bytes.writeUInt16LE(Number.parseInt(third, 16), 6);
  Buffer.from(rest.join(''), 'hex').copy(bytes, 8);
  return bytes;
}
