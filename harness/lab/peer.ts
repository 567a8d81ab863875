import { encodeEthernet } from '../packet/ethernet';
import type { Icmpv6Fields } from '../packet/icmpv6';
import { LEAST_BODY } from '../packet/message';
import { encodePacket, type PacketFields } from '../packet/packet';
import type { EvidenceLink } from './evidence';
import type { GroundLink } from './ground';
import type { Neighbor, Peer } from './laboratory';

/** The peer of a laboratory: it puts frames on the wire through the tap. */
export class Instrument implements Peer {
  readonly address: string;
  readonly secondAddress: string;
  readonly linkLocal: string;
  readonly hardwareAddress: string | undefined;
  readonly neighbor: Neighbor;

  constructor(
    private readonly link: GroundLink,
    private readonly evidence: EvidenceLink,
  ) {
    ({
      address: this.address,
      secondAddress: this.secondAddress,
      linkLocal: this.linkLocal,
      hardwareAddress: this.hardwareAddress,
      neighbor: this.neighbor,
    } = link.peer);
  }

  send(message: Icmpv6Fields, to: string, packet: Partial<PacketFields> = {}): void {
    this.inject(
      encodePacket({
        source: this.address,
        destination: to,
        icmpv6: { body: LEAST_BODY, ...message },
        ...packet,
      }),
    );
  }

  inject(packet: Buffer): void {
    const frame = this.frame(packet);
    this.link.wire.send(frame);
    this.evidence.add(frame, frame.length);
  }

  /** Without a trace in the evidence: for fences. */
  injectSilently(packet: Buffer): void {
    this.link.wire.send(this.frame(packet));
  }

  private frame(packet: Buffer): Buffer {
    const { host, peer } = this.link;
    if (host.hardwareAddress === undefined || peer.hardwareAddress === undefined) return packet;
    const destination = hardwareAddress(packet.subarray(24, 40), host.hardwareAddress);
    return Buffer.concat([encodeEthernet({ destination, source: peer.hardwareAddress }), packet]);
  }
}

/** A group's Ethernet address holds the last four bytes of its IPv6 address (RFC 2464 §7). */
function hardwareAddress(destination: Buffer, unicast: string): string {
  if (destination[0] !== 0xff) return unicast;
  return `33:33:${destination
    .subarray(12)
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1:')}`;
}
