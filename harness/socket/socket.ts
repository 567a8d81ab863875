import { SyscallError, Violation } from '../errors';
import { Ancillary, encodeAncillary, type AncillaryItem } from './ancillary';
import { controlLength, controlSpace, int, readInt } from './control';
import { FILTER_BYTES, Icmp6Filter } from './filter';
import type { Option, OptionName } from './options';
import type { Descriptor, MessageFlag, SocketAddress, System, SystemCalls } from './system-calls';

/** A message as a reader of the socket gets it. `type` and `code` are its first two bytes. */
export interface Message {
  readonly data: Buffer;
  readonly type: number | undefined;
  readonly code: number | undefined;
  readonly from: SocketAddress | undefined;
  /** What recvmsg(2) returned: the full length where it was asked for. */
  readonly length: number;
  readonly ancillary: Ancillary;
  readonly truncated: boolean;
  readonly controlTruncated: boolean;
}

/** A partial description: every member that is given must be equal. */
export interface MessageExpectation {
  readonly type?: number;
  readonly code?: number;
  readonly from?: string;
  readonly data?: Uint8Array;
}

/** How a socket learns that whatever was sent to it has arrived. */
export interface Arrivals {
  /** Returns when everything that was put on the wire before has been taken in by the host. */
  settle(): void;
}

export type Destination = string | SocketAddress;

export interface SendOptions {
  readonly ancillary?: readonly AncillaryItem[];
  /** The control buffer itself, for rules about its form. */
  readonly control?: Buffer;
  readonly flags?: readonly MessageFlag[];
}

const DATA_ROOM = 65_536;
const CONTROL_ROOM = 10_240;

/** A socket of the host under test. It closes with the rule that opened it. */
export class Socket {
  readonly #received: Message[] = [];

  constructor(
    private readonly system: System,
    private readonly arrivals: Arrivals,
    readonly descriptor: Descriptor,
  ) {}

  private get calls(): SystemCalls {
    return this.system.calls;
  }

  bind(address: Destination): void {
    this.calls.bind(this.descriptor, socketAddress(address));
  }

  connect(address: Destination): void {
    this.calls.connect(this.descriptor, socketAddress(address));
  }

  disconnect(): void {
    this.calls.connect(this.descriptor, undefined);
  }

  get localAddress(): SocketAddress {
    return this.calls.localAddress(this.descriptor);
  }

  get peerAddress(): SocketAddress {
    return this.calls.peerAddress(this.descriptor);
  }

  write(data: Buffer): number {
    return this.calls.write(this.descriptor, data);
  }

  send(data: Buffer, flags: readonly MessageFlag[] = []): number {
    return this.calls.send(this.descriptor, data, flags);
  }

  sendTo(data: Buffer, to: Destination, flags: readonly MessageFlag[] = []): number {
    return this.calls.sendTo(this.descriptor, data, socketAddress(to), flags);
  }

  /** sendmsg(2). Without a destination the socket must be connected. */
  sendMessage(
    data: Buffer | readonly Buffer[],
    to: Destination | undefined,
    { ancillary = [], control, flags }: SendOptions = {},
  ): number {
    return this.calls.sendMessage(this.descriptor, {
      parts: Buffer.isBuffer(data) ? [data] : data,
      to: to === undefined ? undefined : socketAddress(to),
      control: control ?? encodeAncillary(this.system, ancillary),
      flags,
    });
  }

  /** sendmmsg(2) where the system has it: how many were sent. */
  sendMessages(messages: readonly Buffer[], to: Destination): number {
    const name = socketAddress(to);
    return this.calls.sendMessages(
      this.descriptor,
      messages.map((part) => ({ parts: [part], to: name })),
    );
  }

  getOption(option: Option, room: number): Buffer {
    return this.calls.getOption(this.descriptor, option, room);
  }

  setOption(option: Option, value: Buffer | undefined, length?: number): void {
    this.calls.setOption(this.descriptor, option, value, length);
  }

  getInt(option: Option): number {
    return readInt(this.getOption(option, 4));
  }

  setInt(option: Option, value: number): void {
    this.setOption(option, int(value));
  }

  /** Turns on the options that make recvmsg(2) return ancillary data, such as `receive-hop-limit`. */
  enable(...options: readonly OptionName[]): void {
    for (const option of options) this.setInt(option, 1);
  }

  disable(...options: readonly OptionName[]): void {
    for (const option of options) this.setInt(option, 0);
  }

  /** The same value as the ancillary item, for every message from now on. */
  setSticky({ option, data }: AncillaryItem): void {
    this.setOption(option, data);
  }

  clearSticky(option: OptionName): void {
    this.setOption(option, undefined, 0);
  }

  /** An IPV6_NEXTHOP item: its data is a socket address as this system lays it out. */
  nextHop(address: Destination): AncillaryItem {
    return { option: 'next-hop', data: this.system.encodeSocketAddress(socketAddress(address)) };
  }

  /**
   * The control buffer that a program builds of these items. Without `padding` it ends with the data of the last, as
   * RFC 3542 §20.2 allows.
   */
  controlOf(items: readonly AncillaryItem[], { padding = true } = {}): Buffer {
    const control = encodeAncillary(this.system, items);
    const last = items.at(-1)?.data.length ?? 0;
    const { control: layout } = this.system;
    const excess =
      padding || items.length === 0 ? 0 : controlSpace(layout, last) - controlLength(layout, last);
    return control.subarray(0, control.length - excess);
  }

  setFilter(filter: Icmp6Filter): void {
    this.setOption('icmp6-filter', filter.encode(this.system.filterBlockBit));
  }

  getFilter(): Icmp6Filter {
    return Icmp6Filter.decode(this.getOption('icmp6-filter', FILTER_BYTES), this.system.filterBlockBit);
  }

  shutdown(how: 'read' | 'write'): void {
    this.calls.shutdown(this.descriptor, how);
  }

  listen(): void {
    this.calls.listen(this.descriptor);
  }

  accept(): Socket {
    return new Socket(this.system, this.arrivals, this.calls.accept(this.descriptor));
  }

  /** What the socket is ready for at this moment. */
  get ready(): { readonly readable: boolean; readonly writable: boolean } {
    return this.calls.poll(this.descriptor, 0);
  }

  /** One recvmsg(2): `undefined` when nothing is queued. `room` bounds the data and the control buffer, in bytes. */
  receive(
    room: { readonly data?: number; readonly control?: number } = {},
    flags: readonly MessageFlag[] = [],
  ): Message | undefined {
    const incoming = this.calls.receiveMessage(
      this.descriptor,
      { data: room.data ?? DATA_ROOM, control: room.control ?? CONTROL_ROOM },
      flags,
    );
    if (incoming === undefined) return undefined;
    return {
      data: incoming.data,
      type: incoming.data[0],
      code: incoming.data[1],
      from: incoming.from,
      length: incoming.length,
      ancillary: new Ancillary(this.system, incoming.control),
      truncated: incoming.truncated,
      controlTruncated: incoming.controlTruncated,
    };
  }

  /** Everything that has been received so far, oldest first: what the system has queued is read and remembered. */
  get received(): readonly Message[] {
    for (let message = this.receive(); message !== undefined; message = this.receive()) {
      this.#received.push(message);
    }
    return this.#received;
  }

  /** Everything that was sent to the socket before now, once it has arrived. */
  settled(): readonly Message[] {
    this.arrivals.settle();
    return this.received;
  }

  /** The types alone of all messages that are queued, oldest first: cheap enough for tens of thousands. */
  drainTypes(): number[] {
    const types: number[] = [];
    for (;;) {
      const bytes = this.calls.receiveFirstBytes(this.descriptor);
      if (bytes.length === 0) return types;
      types.push(...bytes);
    }
  }

  /** The first message of this description, once everything that was sent before now has arrived. @throws Violation */
  next(expected: MessageExpectation): Message {
    const message = this.settled().find((candidate) => matches(candidate, expected));
    if (message === undefined) {
      const others = this.#received.map(describeMessage).join(', ');
      throw new Violation(
        `to receive ${describeExpectation(expected)}`,
        others === '' ? 'nothing' : `only ${others}`,
      );
    }
    return message;
  }

  /** Forgets what was received, after it has arrived. */
  drain(): void {
    this.settled();
    this.#received.length = 0;
  }

  /** The pending error of the socket (SO_ERROR), which reading clears; 0 where there is none. */
  get pendingError(): number {
    return this.getInt('error');
  }
}

export function socketAddress(destination: Destination): SocketAddress {
  return typeof destination === 'string' ? { address: destination } : destination;
}

export function matches(message: Message, expected: MessageExpectation): boolean {
  return (
    (expected.type === undefined || message.type === expected.type) &&
    (expected.code === undefined || message.code === expected.code) &&
    (expected.from === undefined || message.from?.address === expected.from) &&
    (expected.data === undefined || message.data.equals(expected.data))
  );
}

/** The errno of an action that must fail, or `succeeds`. Anything but a failed system call is thrown on. */
export function outcomeOf(action: () => unknown): string {
  try {
    action();
    return 'succeeds';
  } catch (error) {
    if (error instanceof SyscallError) return error.code;
    throw error;
  }
}

function describeMessage(message: Message): string {
  return `type ${String(message.type)} code ${String(message.code)} (${String(message.length)} bytes)`;
}

function describeExpectation({ type, code, from, data }: MessageExpectation): string {
  const parts = [
    type === undefined ? 'a message' : `a message of type ${String(type)}`,
    code === undefined ? '' : ` and code ${String(code)}`,
    from === undefined ? '' : ` from ${from}`,
    data === undefined ? '' : ` with the bytes ${Buffer.from(data).toString('hex')}`,
  ];
  return parts.join('');
}
