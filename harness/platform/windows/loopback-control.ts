import { NULL_LOOPBACK } from '../../packet/link-layer';
import { decodeFrame } from '../../packet/packet';
import { icmpv6Checksum } from '../../packet/checksum';

const DESTINATION_UNREACHABLE = 1;
const PORT_UNREACHABLE = 4;

/**
 * Tells whether a capture of the loopback adapter shows checksums at all: what never leaves a machine need not have one. A
 * Port Unreachable that the system made itself is the control packet; until it has been seen with a right checksum, a zero on
 * this adapter says nothing about the system.
 */
export class LoopbackControl {
  #trusted = false;
  #zeroSeen = false;

  see(frame: Buffer): void {
    if (this.#trusted) return;
    const packet = decodeFrame(frame, NULL_LOOPBACK);
    const message = packet?.icmpv6;
    if (packet === undefined || message === undefined) return;
    const { source, destination } = packet.ipv6;
    if (message.type !== DESTINATION_UNREACHABLE || message.code !== PORT_UNREACHABLE) {
      if (message.checksum === 0) this.#zeroSeen = true;
    } else if (message.checksum === icmpv6Checksum(source, destination, packet.payload)) {
      this.#trusted = true;
    }
  }

  /** Why what was captured since the last call cannot be judged; undefined where it can. */
  doubt(): string | undefined {
    const doubtful = this.#zeroSeen && !this.#trusted;
    this.#zeroSeen = false;
    return doubtful
      ? 'The loopback adapter shows a checksum of zero, and no packet of the system itself with a right one: it may be an artefact of the capture. Run it with --lab tun.'
      : undefined;
  }
}
