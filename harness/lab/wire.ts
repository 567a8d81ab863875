import { LabError, SyscallError, Violation } from '../errors';
import type { LinkLayer } from '../packet/link-layer';
import { decodeFrame, type Packet } from '../packet/packet';
import { reassemble } from '../packet/fragments';
import { ICMPV6 } from '../packet/icmpv6';
import type { EvidenceLink } from './evidence';
import type { BulkSender, FrameListener, Tap } from './ground';
import type { Wire } from './laboratory';
import { PATIENCE } from './patience';
import { runSweep, type Sweep, type SweepTally } from './sweep';

/** A next header for experiments (RFC 3692): a fence is 8 bytes of it, and no rule uses it. */
export const FENCE_PROTOCOL = 253;
export const FENCE_BYTES = 8;

/** Offsets from the IPv6 header. */
const NEXT_HEADER = 6;
const PAYLOAD = 40;
const FENCE_TIMEOUT = PATIENCE;

/** Puts a fence on the link: a packet with this number, sent by the host after everything before. */
type SendFence = (number: number) => void;

/** A tap that remembers what crossed, and knows when everything that was sent has crossed. */
export class RecordedWire implements Wire {
  #frames: Buffer[] = [];
  #recording = false;
  #divert: FrameListener | undefined;
  #fence = 0;
  /** The number of the fence that crossed last. */
  #crossed = 0;
  #opening = 0;
  readonly #nextHeader: number;
  readonly #payload: number;

  constructor(
    private readonly name: string,
    readonly mtu: number,
    private readonly tap: Tap,
    private readonly sendFence: SendFence,
    private readonly openBulk: (destination: string) => BulkSender,
    private readonly evidence: EvidenceLink,
  ) {
    this.#nextHeader = tap.linkLayer.headerBytes + NEXT_HEADER;
    this.#payload = tap.linkLayer.headerBytes + PAYLOAD;
    tap.listen((bytes, length) => {
      this.take(bytes, length);
    });
  }

  get linkLayer(): LinkLayer {
    return this.tap.linkLayer;
  }

  async capture(action: () => unknown, which?: 'all'): Promise<readonly Packet[]> {
    this.#recording = true;
    // What an earlier action sent may still be on its way: it is forgotten when this fence crosses.
    this.#opening = this.nextFence();
    try {
      this.sendFence(this.#opening);
      await action();
      await this.settle();
    } finally {
      this.#recording = false;
    }
    const packets = this.#frames.flatMap((frame) => decodeFrame(frame, this.linkLayer) ?? []);
    return which === 'all' ? packets : packets.filter((packet) => !isGroupReport(packet));
  }

  async captureOne(action: () => unknown): Promise<Packet> {
    const packets = await this.capture(action);
    const [first] = packets;
    const whole = packets.length > 1 ? reassemble(packets) : first;
    if (whole === undefined) {
      const seen = packets.map(({ icmpv6, protocol, bytes }) =>
        icmpv6 === undefined
          ? `next header ${String(protocol)} (${String(bytes.length)} bytes)`
          : `ICMPv6 type ${String(icmpv6.type)} (${String(bytes.length)} bytes)`,
      );
      throw new Violation('exactly one packet on the wire', seen.length === 0 ? 'none' : seen.join(', '));
    }
    return whole;
  }

  async sweep(sweep: Sweep): Promise<SweepTally> {
    const bulk = this.openBulk(sweep.destination);
    try {
      return await runSweep(sweep, bulk, this);
    } finally {
      bulk.close();
    }
  }

  /** Resolves when everything that the host sent before has crossed. @throws LabError */
  async settle(): Promise<void> {
    const number = this.nextFence();
    const deadline = Date.now() + FENCE_TIMEOUT;
    // Makes room for the fence where the action filled a queue.
    this.tap.drain();
    this.sendFence(number);
    while (this.#crossed !== number) {
      await this.turn();
      if (Date.now() > deadline)
        throw new LabError(
          `Cannot close the capture on ${this.name}: the fence did not cross in ${String(FENCE_TIMEOUT)} ms`,
        );
    }
    this.assertNothingLost();
  }

  /** Resolves when the link carries packets, which it does a moment after it was made. @throws LabError */
  async awaitReady(): Promise<void> {
    const deadline = Date.now() + FENCE_TIMEOUT;
    for (this.#fence = 1; this.#crossed !== this.#fence;) {
      if (Date.now() > deadline)
        throw new LabError(`Cannot use ${this.name}: no packet crossed it in ${String(FENCE_TIMEOUT)} ms`);
      try {
        this.sendFence(this.#fence);
      } catch (error) {
        // The route is not there before the link is up.
        if (!(error instanceof SyscallError)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
      this.tap.drain();
    }
    await this.settle();
  }

  /** A turn of the event loop, after which what has crossed is taken. */
  async turn(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    this.tap.drain();
  }

  /** @throws LabError when the capture lost a frame since the last call */
  assertNothingLost(): void {
    const lost = this.tap.lost();
    if (lost > 0)
      throw new LabError(`Cannot judge what crossed ${this.name}: the capture lost ${String(lost)} frames`);
  }

  /** Hands every frame to `listener` instead of remembering it, until the returned function is called. */
  divert(listener: FrameListener): () => void {
    this.#divert = listener;
    return () => {
      this.#divert = undefined;
    };
  }

  private nextFence(): number {
    this.#fence = (this.#fence + 1) >>> 0;
    return this.#fence;
  }

  private take(bytes: Buffer, length: number): void {
    if (bytes[this.#nextHeader] === FENCE_PROTOCOL) {
      const number = bytes.readUInt32BE(this.#payload);
      this.#crossed = number;
      if (number === this.#opening) this.#frames = [];
      return;
    }
    this.evidence.add(bytes, length);
    if (this.#divert !== undefined) this.#divert(bytes, length);
    else if (this.#recording) this.#frames.push(Buffer.from(bytes.subarray(0, length)));
  }
}

/** The payload of fence `number`. */
export function fencePayload(number: number): Buffer {
  const payload = Buffer.alloc(FENCE_BYTES);
  payload.writeUInt32BE(number);
  return payload;
}

/** A report of the kernel about its own multicast groups: RFC 3810 §5.2 gives it this form, and no rule sends it. */
function isGroupReport({ icmpv6, ipv6, extensions }: Packet): boolean {
  return icmpv6?.type === ICMPV6.mldv2Report && ipv6.hopLimit === 1 && extensions[0]?.kind === 'hop-by-hop';
}
