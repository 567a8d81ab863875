import type { LinkLayer } from '../packet/link-layer';
import type { System } from '../socket/system-calls';
import type { Headers, Patches, Question } from './headers';
import type { Inet6Functions } from './library';
import type { Neighbor, NetworkInterface, Settings, Unusable } from './laboratory';

/** Called for every frame that crossed; the bytes are valid during the call only. */
export type FrameListener = (bytes: Buffer, length: number) => void;

/** What sees every frame that the host puts on a link, and puts frames there itself: a capture, or the device behind it. */
export interface Tap {
  readonly linkLayer: LinkLayer;
  /** Called for each frame of the other side. */
  listen(listener: FrameListener): void;
  /**
   * Hands what has crossed so far to the listener, where the event loop does not do so by itself. Whoever waits for frames
   * calls it after every turn of the loop.
   */
  drain(): void;
  send(frame: Buffer): void;
  /** Frames that crossed since the last call and that the system could not hand over. */
  lost(): number;
}

/** Many messages with one system call: the fast path of a sweep. */
export interface BulkSender {
  /** The most messages that one `flush` sends. */
  readonly capacity: number;
  /** The bytes of message `slot`; `setLength` says how many of them are meant. */
  slot(slot: number): Buffer;
  setLength(slot: number, length: number): void;
  /** Sends the first `count` messages: how many the system took. */
  flush(count: number): number;
  close(): void;
}

export interface Endpoint {
  readonly address: string;
  readonly secondAddress: string;
  readonly linkLocal: string;
  /** Absent where frames carry no such address. */
  readonly hardwareAddress?: string;
}

/** A link of the host: its two ends, and a tap on the peer's. */
export interface GroundLink {
  readonly host: Endpoint & { readonly interface: NetworkInterface };
  readonly peer: Endpoint & { readonly neighbor: Neighbor };
  readonly wire: Tap;
}

/** What an administrator can do to the host. @throws LabError */
export interface Administration {
  /** Reads rules of nftables (nft(8)). */
  nft(rules: string): void;
  /** Writes a setting below `/proc/sys/net`, and returns what it was. */
  set(setting: string, value: string): string;
  /** Runs commands of ip(8). */
  ip(commands: readonly string[]): void;
  /** Forgets what the host has learned of paths. */
  forgetPaths(): void;
}

/** The host's software, as a program meets it. */
export interface Software {
  readonly system: System;
  readonly headers: Headers;
  readonly library: Inet6Functions;
}

/** What a platform builds for a laboratory: the host's system, the link, and a tap on the peer's end of it. */
export interface Ground extends GroundLink {
  /** `link`, `loopback`, … */
  readonly name: string;
  /** Whether the host and its links are the laboratory's own: then they may be changed, and nobody else uses them. */
  readonly isolated: boolean;
  readonly system: System;
  /** The host's headers, prepared for these questions. */
  headers(questions: readonly Question[], patches?: Patches): Headers;
  readonly library: Inet6Functions;
  readonly host: GroundLink['host'] & { readonly loopbackInterface: NetworkInterface };
  /** A tap on the host's own loopback interface. */
  loopback(): Tap;
  /** Makes a second link between the same two. Called once at most. @throws LabError where there can be none */
  secondLink(): GroundLink;
  /** Makes an interface of the host that carries no IPv6. Called once for each kind at most. @throws LabError */
  unusableInterface(kind: Unusable): NetworkInterface;
  /** Runs `action` where sockets belong to the host. */
  onHost<T>(action: () => T): T;
  /** Sees to it that packets cross in the order in which they are sent, until the returned function is called. */
  hold(): () => void;
  unprivileged<T>(action: () => T): T;
  plainIcmpv6(): { send(message: Buffer, destination: string): Promise<void>; close(): void };
  bulk(destination: string): BulkSender;
  readonly settings: Settings;
  /** Changes the host itself: for seeded defects. */
  readonly administration: Administration;
  /** Offloads that are on, on the host's end of the link. */
  readonly offloads: readonly string[];
  close(): void;
}
