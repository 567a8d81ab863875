import type { Option, OptionTable } from './options';

/** The number of an open socket. */
export type Descriptor = number;

export interface SocketKind {
  readonly family: 'inet6' | 'inet';
  readonly type: 'raw' | 'datagram' | 'stream';
  /** The third argument of socket(2): for a raw socket the next header that it sends and receives. */
  readonly protocol: number;
}

/** A socket address. `scope` is an interface index; `port` matters to raw sockets only where a rule looks at it. */
export interface SocketAddress {
  readonly family?: 'inet6' | 'inet';
  readonly address: string;
  readonly port?: number;
  readonly scope?: number;
}

export type MessageFlag = 'more' | 'peek' | 'dont-wait' | 'dont-route' | 'truncate' | 'error-queue';

export interface OutgoingMessage {
  readonly to?: SocketAddress | undefined;
  /** The pieces of the message, one iovec each. */
  readonly parts: readonly Buffer[];
  /** The control buffer as the program built it. */
  readonly control?: Buffer | undefined;
  readonly flags?: readonly MessageFlag[] | undefined;
}

export interface IncomingMessage {
  readonly data: Buffer;
  /** Bytes that recvmsg(2) returned: with `truncate` this is the length of the message, not of `data`. */
  readonly length: number;
  readonly from: SocketAddress | undefined;
  readonly control: Buffer;
  /** MSG_TRUNC and MSG_CTRUNC. */
  readonly truncated: boolean;
  readonly controlTruncated: boolean;
}

/**
 * What every socket of the host under test asks of its system, and the seam where a defect can be seeded. All calls are
 * non-blocking and throw SyscallError.
 */
export interface SystemCalls {
  socket(kind: SocketKind): Descriptor;
  close(socket: Descriptor): void;
  bind(socket: Descriptor, address: SocketAddress): void;
  /** `undefined` dissolves the association (AF_UNSPEC). */
  connect(socket: Descriptor, address: SocketAddress | undefined): void;
  localAddress(socket: Descriptor): SocketAddress;
  peerAddress(socket: Descriptor): SocketAddress;
  shutdown(socket: Descriptor, how: 'read' | 'write'): void;
  listen(socket: Descriptor): void;
  accept(socket: Descriptor): Descriptor;
  write(socket: Descriptor, data: Buffer): number;
  send(socket: Descriptor, data: Buffer, flags: readonly MessageFlag[]): number;
  sendTo(socket: Descriptor, data: Buffer, to: SocketAddress, flags: readonly MessageFlag[]): number;
  sendMessage(socket: Descriptor, message: OutgoingMessage): number;
  /** How many of the messages were sent. */
  sendMessages(socket: Descriptor, messages: readonly OutgoingMessage[]): number;
  /** `undefined` when nothing is queued. */
  receiveMessage(
    socket: Descriptor,
    room: { readonly data: number; readonly control: number },
    flags: readonly MessageFlag[],
  ): IncomingMessage | undefined;
  /** Takes up to 256 queued messages and returns the first byte of each, oldest first; none when nothing is queued. */
  receiveFirstBytes(socket: Descriptor): Buffer;
  /** The option's value as the system returned it: its length says how much was returned. `room` is optlen in bytes. */
  getOption(socket: Descriptor, option: Option, room: number): Buffer;
  /** `length` is optlen where it is not the value's own; an undefined value is a null pointer. */
  setOption(socket: Descriptor, option: Option, value: Buffer | undefined, length?: number): void;
  /** Which of these the socket is ready for, after at most `timeout` milliseconds. */
  poll(socket: Descriptor, timeout: number): { readonly readable: boolean; readonly writable: boolean };
}

/** How a system lays out a control buffer: RFC 3542 §20.2 leaves sizes and alignment to it. */
export interface ControlLayout {
  /** Bytes of `struct cmsghdr` up to its data. */
  readonly header: number;
  /** Bytes of `cmsg_len`: 8 where it is a `size_t` of a 64-bit system, else 4. */
  readonly lengthField: 4 | 8;
  readonly alignment: 4 | 8;
}

/** One operating system, as far as a socket meets it. */
export interface System {
  readonly options: OptionTable;
  readonly control: ControlLayout;
  /** The bit that blocks a type in `struct icmp6_filter`: private to the system (RFC 3542 §3.2). */
  readonly filterBlockBit: 0 | 1;
  /** A socket address as the system lays it out. */
  encodeSocketAddress(address: SocketAddress): Buffer;
  readonly calls: SystemCalls;
}
