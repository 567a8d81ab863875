import { LabError } from '../errors';
import { encodePacket } from '../packet/packet';
import { Socket, type Arrivals } from '../socket/socket';
import type { Descriptor, SocketKind, System } from '../socket/system-calls';
import type { Ground } from './ground';
import type { Host, NetworkInterface, Sender, Settings, Unusable } from './laboratory';
import { PATIENCE } from './patience';
import type { Instrument } from './peer';
import type { SendPath } from './send-paths';
import { FENCE_BYTES, FENCE_PROTOCOL, fencePayload } from './wire';

const ICMPV6: SocketKind = { family: 'inet6', type: 'raw', protocol: 58 };
const FENCE: SocketKind = { family: 'inet6', type: 'raw', protocol: FENCE_PROTOCOL };
const ARRIVAL_TIMEOUT = PATIENCE;

/** The host of a laboratory. */
export class HostUnderTest implements Host, Arrivals {
  readonly address: string;
  readonly secondAddress: string;
  readonly linkLocal: string;
  readonly interface: NetworkInterface;
  readonly loopbackInterface: NetworkInterface;
  readonly settings: Settings;
  /** What the host's sockets meet: the ground's own system, or one with a seeded defect. */
  system: System;
  readonly #fences: Descriptor;
  readonly #links: { readonly address: string; readonly peer: Instrument }[];
  readonly #unusable = new Map<Unusable, NetworkInterface>();
  #fence = 0;
  #scope: (() => void)[] = [];

  constructor(
    private readonly ground: Ground,
    instrument: Instrument,
  ) {
    ({
      address: this.address,
      secondAddress: this.secondAddress,
      linkLocal: this.linkLocal,
      interface: this.interface,
      loopbackInterface: this.loopbackInterface,
    } = ground.host);
    this.#links = [{ address: this.address, peer: instrument }];
    this.settings = ground.settings;
    this.system = ground.system;
    this.#fences = ground.onHost(() => ground.system.calls.socket(FENCE));
    // Some systems let a raw socket receive only when it has an address.
    ground.system.calls.bind(this.#fences, { address: '::' });
  }

  unusableInterface(kind: Unusable): NetworkInterface {
    const made = this.#unusable.get(kind) ?? this.ground.unusableInterface(kind);
    this.#unusable.set(kind, made);
    return made;
  }

  rawIcmpv6(): Socket {
    return this.socket(ICMPV6);
  }

  raw(protocol: number): Socket {
    return this.socket({ family: 'inet6', type: 'raw', protocol });
  }

  socket(kind: SocketKind): Socket {
    const descriptor = this.ground.onHost(() => this.system.calls.socket(kind));
    this.#scope.push(() => {
      this.system.calls.close(descriptor);
    });
    return new Socket(this.system, this, descriptor);
  }

  sender(path: SendPath, destination: string): Sender {
    if (path === 'raw-socket') {
      const plain = this.ground.plainIcmpv6();
      this.#scope.push(() => {
        plain.close();
      });
      return { send: (message) => plain.send(message, destination) };
    }
    const socket = this.rawIcmpv6();
    if (path === 'send' || path === 'write') socket.connect(destination);
    const send = SEND[path];
    return {
      send: (message) => {
        send(socket, message, destination);
        return Promise.resolve();
      },
    };
  }

  unprivileged<T>(action: () => T): T {
    return this.ground.unprivileged(action);
  }

  settle(): void {
    for (const { address, peer } of this.#links) this.settleLink(address, peer);
  }

  /** From now on, what has arrived on this link counts too. */
  addLink(address: string, peer: Instrument): void {
    this.#links.push({ address, peer });
  }

  private settleLink(address: string, peer: Instrument): void {
    this.#fence = (this.#fence + 1) >>> 0;
    const payload = fencePayload(this.#fence);
    peer.injectSilently(
      encodePacket({
        source: peer.address,
        destination: address,
        hopLimit: 64,
        protocol: FENCE_PROTOCOL,
        payload,
      }),
    );
    const calls = this.ground.system.calls;
    for (;;) {
      const fence = calls.receiveMessage(this.#fences, { data: FENCE_BYTES, control: 0 }, []);
      if (fence?.data.equals(payload) === true) return;
      if (fence === undefined && !calls.poll(this.#fences, ARRIVAL_TIMEOUT).readable) {
        throw new LabError(
          `Cannot tell what has arrived: the fence did not come in ${String(ARRIVAL_TIMEOUT)} ms`,
        );
      }
    }
  }

  /** Sends a fence to an address of the peer, or of the host itself. */
  sendFence(number: number, to: string): void {
    // Fences to itself come back here. Where nobody takes them, Linux answers the next with Parameter Problem once the queue is full.
    while (this.ground.system.calls.receiveMessage(this.#fences, { data: FENCE_BYTES, control: 0 }, []));
    this.ground.system.calls.sendTo(this.#fences, fencePayload(number), { address: to }, []);
  }

  /** Closes what was opened since the last call. */
  closeSockets(): void {
    const scope = this.#scope;
    this.#scope = [];
    for (const close of scope) close();
  }

  close(): void {
    this.closeSockets();
    this.ground.system.calls.close(this.#fences);
  }
}

/** One way each to hand a message to the system. A message in pieces has odd lengths in the middle. */
const SEND: Readonly<
  Record<Exclude<SendPath, 'raw-socket'>, (socket: Socket, message: Buffer, to: string) => void>
> = {
  sendto: (socket, message, to) => {
    socket.sendTo(message, to);
  },
  sendmsg: (socket, message, to) => {
    socket.sendMessage(message, to);
  },
  'sendmsg-many-pieces': (socket, message, to) => {
    socket.sendMessage(pieces(message, 1), to);
  },
  sendmmsg: (socket, message, to) => {
    socket.sendMessages([message], to);
  },
  send: (socket, message) => {
    socket.send(message);
  },
  write: (socket, message) => {
    socket.write(message);
  },
  corked: (socket, message, to) => {
    const parts = pieces(message, 2);
    parts.forEach((part, index) => {
      socket.sendTo(part, to, index < parts.length - 1 ? ['more'] : []);
    });
  },
};

/**
 * Pieces of `first` bytes, then 2 more each. The last has at least two bytes, which Linux demands of a corked one; with an
 * even `first` each begins at an even offset.
 */
function pieces(message: Buffer, first: number): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (let length = first; at < message.length; length += 2) {
    const rest = message.length - at;
    const take = length > 16 || rest - length < 2 ? rest : length;
    parts.push(message.subarray(at, at + take));
    at += take;
  }
  return parts;
}
