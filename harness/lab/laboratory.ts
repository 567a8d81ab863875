import type { Icmpv6Fields } from '../packet/icmpv6';
import type { Packet, PacketFields } from '../packet/packet';
import type { Socket } from '../socket/socket';
import type { SocketKind } from '../socket/system-calls';
import type { Headers } from './headers';
import type { Inet6Functions } from './library';
import type { Random } from './random';
import type { SendPath } from './send-paths';
import type { Sweep, SweepTally } from './sweep';

/** What a rule is given: one host under test, its peer, and the wire between them. */
export interface Laboratory {
  readonly host: Host;
  readonly peer: Peer;
  readonly wire: Wire;
  /** The host's own loopback interface, for what it sends to itself. */
  readonly loopback: Wire;
  /** Another link between the same host and peer: it is made when the first rule asks for it, and stays. @throws LabError */
  readonly secondLink: () => Promise<Link>;
  /** What a C program finds in the host's headers. */
  readonly headers: Headers;
  /** The host's C library. */
  readonly library: Inet6Functions;
  /** Values from the run's seed and the rule's id: the same in every run with that seed. */
  readonly random: Random;
  /** What a rule counts, for its report: messages sent, seen and verified. */
  readonly figures: Record<string, number>;
}

export interface NetworkInterface {
  readonly name: string;
  readonly index: number;
  readonly mtu: number;
}

/** A link beside the first: it has prefixes, a peer and an MTU of its own. No route leads over it but that to its prefix. */
export interface Link {
  readonly interface: NetworkInterface;
  /** The host's addresses there. */
  readonly address: string;
  readonly linkLocal: string;
  readonly peer: Peer;
  readonly wire: Wire;
}

/** The system that is judged. Sockets are closed when the rule ends. */
export interface Host {
  /** The global address that the system chooses by itself towards the peer. */
  readonly address: string;
  /** Another global address of the same interface, which the system uses only when it is asked to. */
  readonly secondAddress: string;
  readonly linkLocal: string;
  readonly interface: NetworkInterface;
  readonly loopbackInterface: NetworkInterface;
  /** An interface that exists and cannot send IPv6: it is made when the first rule asks for it. @throws LabError */
  unusableInterface(kind: Unusable): NetworkInterface;
  rawIcmpv6(): Socket;
  /** A raw IPv6 socket of another next header. */
  raw(protocol: number): Socket;
  socket(kind: SocketKind): Socket;
  /** A way to send on a raw ICMPv6 socket towards one destination. */
  sender(path: SendPath, destination: string): Sender;
  /** Runs `action` without the privilege that raw sockets need. */
  unprivileged<T>(action: () => T): T;
  readonly settings: Settings;
}

/** Why an interface is of no use: it is not up, or IPv6 is disabled on it. */
export type Unusable = 'down' | 'without-ipv6';

export interface Sender {
  /** Sends one message; its bytes belong to the caller. */
  send(message: Buffer): Promise<void>;
}

export interface Settings {
  /** Counters of the ICMPv6 and IPv6 MIBs by name, such as `Icmp6InCsumErrors`. */
  counter(name: string): number;
  /** Runs `action` with the limit of the rate of ICMPv6 errors that a new host has; the laboratory turns it off. */
  limitingErrors<T>(action: () => Promise<T>): Promise<T>;
}

export interface Neighbor {
  readonly linkLocal: string;
  /** Undefined on a link whose frames carry no such address: there nobody sees which node a packet was handed to. */
  readonly hardwareAddress: string | undefined;
}

/** An instrument on the other end of the wire: it has addresses and puts any bytes on it, but it never answers. */
export interface Peer {
  readonly address: string;
  /** Another global address of the peer on the same link. */
  readonly secondAddress: string;
  readonly linkLocal: string;
  readonly hardwareAddress: string | undefined;
  /** Another node of the link that could forward packets, with a hardware address of its own. */
  readonly neighbor: Neighbor;
  /** Sends an ICMPv6 message to the host, of eight bytes at least; `packet` sets what the headers before it should hold. */
  send(message: Icmpv6Fields, to: string, packet?: Partial<PacketFields>): void;
  /** Puts one IPv6 packet on the wire, byte for byte. */
  inject(packet: Buffer): void;
}

/** A link that records every packet. */
export interface Wire {
  readonly mtu: number;
  /**
   * The packets that the host put on the link during the action, oldest first, and none after: a fence closes the interval.
   * What the kernel says on its own, reports of its multicast groups, is left out unless `all` is asked for.
   * @throws LabError when the capture lost a packet or the fence never came
   */
  capture(action: () => unknown, which?: 'all'): Promise<readonly Packet[]>;
  /** The same for exactly one packet, put together again if it crossed in fragments. @throws Violation */
  captureOne(action: () => unknown): Promise<Packet>;
  /** Has the host put many raw ICMPv6 messages on the link, and judges every one that crosses. */
  sweep(sweep: Sweep): Promise<SweepTally>;
}
