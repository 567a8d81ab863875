import type { FrameListener, Tap } from '../lab/ground';
import type { Random } from '../lab/random';

/** One byte of every ICMPv6 message that is changed on its way: where, from the message's first byte, and which bits. */
export interface ByteChange {
  readonly offset: number;
  readonly bits: number;
}

const NEXT_HEADER = 20;
const MESSAGE = 54;
const ICMPV6 = 58;

/** A change within the first `length` bytes of a message. */
export function randomChange(random: Random, length: number): ByteChange {
  return { offset: random.integer(0, length), bits: random.integer(1, 256) };
}

/** A tap on a wire that changes what crosses, while `change` is set. */
export class ChangingTap implements Tap {
  change: ByteChange | undefined;

  constructor(private readonly tap: Tap) {}

  listen(listener: FrameListener): void {
    this.tap.listen((bytes, length) => {
      const at = MESSAGE + (this.change?.offset ?? 0);
      if (this.change !== undefined && bytes[NEXT_HEADER] === ICMPV6 && at < length) {
        bytes.writeUInt8(bytes.readUInt8(at) ^ this.change.bits, at);
      }
      listener(bytes, length);
    });
  }

  send(frame: Buffer): void {
    this.tap.send(frame);
  }

  lost(): number {
    return this.tap.lost();
  }
}
