import { LabError } from '../errors';
import { parseAddress } from '../packet/address';
import { verifies } from '../packet/checksum';
import { reassemble } from '../packet/fragments';
import type { LinkLayer } from '../packet/link-layer';
import { decodeFrame, type Packet } from '../packet/packet';
import type { BulkSender } from './ground';
import type { RecordedWire } from './wire';

/** Many messages, each of which is captured and verified. */
export interface Sweep {
  readonly count: number;
  readonly destination: string;
  /** Writes message `index` into `into`, checksum zero, and returns its length in bytes. */
  readonly message: (index: number, into: Buffer) => number;
}

/** What came of a sweep. `verified` messages crossed once, in order, unchanged, and with the right checksum. */
export interface SweepTally {
  readonly sent: number;
  readonly seen: number;
  readonly verified: number;
  /** The first message that was not verified. */
  readonly wrong: WrongMessage | undefined;
}

export interface WrongMessage {
  readonly index: number;
  readonly how: string;
  /** The packet as it crossed, from its IPv6 header; absent where none did. */
  readonly packet: Packet | undefined;
}

/** The most bytes of a burst, so that its fragments fit into the capture's buffer. */
const IN_FLIGHT = 1 << 18;

/** Offsets from the IPv6 header. */
const NEXT_HEADER = 6;
const SOURCE = 8;
const DESTINATION_END = 36;
const MESSAGE = 40;
const ICMPV6 = 58;
const FRAGMENT = 44;
/** The byte of a Fragment header with the flag that more follow: the fragments of a message cross in order. */
const MORE_FRAGMENTS = MESSAGE + 3;
/**
 * What a host says on its own, a minute after it got a fragment of what never became whole (RFC 8200 §4.5): any rule before may
 * have sent one. A message of the sweep that became such a one is missed where it belongs.
 */
const TIME_EXCEEDED = 3;
const IN_REASSEMBLY = 1;
/** Behind the checksum a message must cross as it was written. */
const AFTER_CHECKSUM = 4;

/**
 * Sends in bursts and judges each burst as it crosses, so that what is in flight is bounded and memory is flat. Frames
 * cross in the order of sending; the burst's own memory holds what each must look like.
 * @throws LabError when the capture lost a frame
 */
export async function runSweep(sweep: Sweep, bulk: BulkSender, wire: RecordedWire): Promise<SweepTally> {
  const judge = new Judge(sweep.destination, bulk, wire.linkLayer);
  const restore = wire.divert((bytes, length) => {
    judge.take(bytes, length);
  });
  try {
    let next = 0;
    while (next < sweep.count) {
      judge.begin(next);
      let burst = 0;
      for (
        let bytes = 0;
        burst < bulk.capacity && next + burst < sweep.count && bytes < IN_FLIGHT;
        burst += 1
      ) {
        const length = sweep.message(next + burst, bulk.slot(burst));
        judge.expect(burst, length);
        bulk.setLength(burst, length);
        bytes += length;
      }
      await send(bulk, burst, judge, wire);
      if (!judge.complete) await wire.settle();
      judge.end();
      next += burst;
    }
    wire.assertNothingLost();
  } finally {
    restore();
  }
  return judge.tally(sweep.count);
}

/** Returns when everything has crossed, or when turns of the event loop bring nothing more. */
async function send(bulk: BulkSender, burst: number, judge: Judge, wire: RecordedWire): Promise<void> {
  const sent = bulk.flush(burst);
  if (sent !== burst)
    throw new LabError(`Cannot send a burst: the system took ${String(sent)} of ${String(burst)} messages`);
  for (let idle = 0; idle < 3 && !judge.complete; idle += 1) {
    const before = judge.frames;
    await wire.turn();
    if (judge.frames !== before) idle = 0;
  }
}

/** Compares the frames of a burst with the messages that it was made of. */
class Judge {
  frames = 0;
  #first = 0;
  #lengths: number[] = [];
  #at = 0;
  #sent = 0;
  #seen = 0;
  #verified = 0;
  #wrong: WrongMessage | undefined;
  #fragments: Buffer[] = [];
  /** The last four bytes of the address, which tell a message of the sweep from what the kernel says on its own. */
  readonly #destination: number;
  /** Where the IPv6 header of a frame begins. */
  readonly #ipv6: number;

  constructor(
    destination: string,
    private readonly bulk: BulkSender,
    private readonly linkLayer: LinkLayer,
  ) {
    this.#destination = parseAddress(destination).readUInt32BE(12);
    this.#ipv6 = linkLayer.headerBytes;
  }

  get complete(): boolean {
    return this.#at === this.#lengths.length;
  }

  begin(first: number): void {
    this.#first = first;
    this.#lengths.length = 0;
    this.#at = 0;
    this.#fragments = [];
  }

  expect(slot: number, length: number): void {
    this.#lengths[slot] = length;
    this.#sent += 1;
  }

  take(bytes: Buffer, length: number): void {
    this.frames += 1;
    const protocol = bytes[this.#ipv6 + NEXT_HEADER];
    if (protocol === ICMPV6) {
      this.judge(bytes, length - this.#ipv6 - MESSAGE, undefined);
    } else if (protocol === FRAGMENT) {
      this.takeFragment(Buffer.from(bytes.subarray(0, length)));
    }
  }

  end(): void {
    for (; this.#at < this.#lengths.length; this.#at += 1) this.fail('did not cross', undefined);
  }

  tally(count: number): SweepTally {
    if (this.#sent !== count)
      throw new LabError(`Cannot judge a sweep: ${String(this.#sent)} of ${String(count)} were sent`);
    return { sent: this.#sent, seen: this.#seen, verified: this.#verified, wrong: this.#wrong };
  }

  private takeFragment(frame: Buffer): void {
    this.#fragments.push(frame);
    const more = (frame.readUInt8(this.#ipv6 + MORE_FRAGMENTS) & 1) === 1;
    if (more) return;
    const whole = reassemble(this.#fragments.flatMap((fragment) => this.decode(fragment) ?? []));
    this.#fragments = [];
    if (whole === undefined) return;
    const rebuilt = Buffer.concat([Buffer.alloc(this.#ipv6), whole.bytes]);
    this.judge(rebuilt, whole.payload.length, whole);
  }

  /** A frame that is not the next message means that those before it did not cross. */
  private judge(bytes: Buffer, length: number, whole: Packet | undefined): void {
    if (bytes.readUInt32BE(this.#ipv6 + DESTINATION_END) !== this.#destination) return;
    const start = this.#ipv6 + MESSAGE;
    let slot = this.#at;
    while (slot < this.#lengths.length && !this.isMessage(slot, bytes, start, length)) slot += 1;
    if (slot === this.#lengths.length) {
      if (bytes[start] === TIME_EXCEEDED && bytes[start + 1] === IN_REASSEMBLY) return;
      // Nothing of this burst looks like that: the next message crossed in another form.
      this.#seen += 1;
      this.fail('crossed with other contents', whole ?? this.decode(bytes.subarray(0, start + length)));
      this.#at += 1;
      return;
    }
    for (; this.#at < slot; this.#at += 1) this.fail('did not cross', undefined);
    this.#seen += 1;
    if (verifies(bytes, this.#ipv6 + SOURCE, start, length)) this.#verified += 1;
    else this.fail('crossed with a wrong checksum', whole ?? this.decode(bytes.subarray(0, start + length)));
    this.#at += 1;
  }

  private isMessage(slot: number, bytes: Buffer, start: number, length: number): boolean {
    if (this.#lengths[slot] !== length) return false;
    const message = this.bulk.slot(slot);
    return (
      message[0] === bytes[start] &&
      message[1] === bytes[start + 1] &&
      (length <= AFTER_CHECKSUM ||
        message.compare(bytes, start + AFTER_CHECKSUM, start + length, AFTER_CHECKSUM, length) === 0)
    );
  }

  private fail(how: string, packet: Packet | undefined): void {
    this.#wrong ??= { index: this.#first + this.#at, how, packet };
  }

  /** Of a copy: the next frame overwrites these bytes. */
  private decode(frame: Buffer): Packet | undefined {
    return decodeFrame(Buffer.from(frame), this.linkLayer);
  }
}
