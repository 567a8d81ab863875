import type { FrameListener, Tap } from '../lab/ground';
import type { Random } from '../lab/random';
import type { LinkLayer } from '../packet/link-layer';

/** One byte of every ICMPv6 message that is changed on its way: where, from the message's first byte, and which bits. */
export interface ByteChange {
  readonly offset: number;
  readonly bits: number;
}

/** Offsets from the IPv6 header. */
const NEXT_HEADER = 6;
const MESSAGE = 40;
const ICMPV6 = 58;

/** A change within the first `length` bytes of a message. */
export function randomChange(random: Random, length: number): ByteChange {
  return { offset: random.integer(0, length), bits: random.integer(1, 256) };
}

/** A tap on a wire that changes what crosses, while `change` is set. */
export class ChangingTap implements Tap {
  change: ByteChange | undefined;

  constructor(private readonly tap: Tap) {}

  get linkLayer(): LinkLayer {
    return this.tap.linkLayer;
  }

  listen(listener: FrameListener): void {
    const ipv6 = this.linkLayer.headerBytes;
    this.tap.listen((bytes, length) => {
      const at = ipv6 + MESSAGE + (this.change?.offset ?? 0);
      if (this.change !== undefined && bytes[ipv6 + NEXT_HEADER] === ICMPV6 && at < length) {
        bytes.writeUInt8(bytes.readUInt8(at) ^ this.change.bits, at);
      }
      listener(bytes, length);
    });
  }

  drain(): void {
    this.tap.drain();
  }

  send(frame: Buffer): void {
    this.tap.send(frame);
  }

  lost(): number {
    return this.tap.lost();
  }
}
