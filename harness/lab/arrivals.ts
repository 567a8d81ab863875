import { decodePacket, encodePacket, type Extension, type ExtensionFields } from '../packet/packet';
import type { Laboratory } from './laboratory';

/** The type of the probe: for experiments (RFC 4443 §2.1). */
const PROBE = 201;

/** Puts a probe with these extension headers on the wire: the headers as they went to the host. */
export function arriveWith(
  { host, peer }: Pick<Laboratory, 'host' | 'peer'>,
  ...extensions: readonly ExtensionFields[]
): readonly Extension[] {
  const packet = encodePacket({
    source: peer.address,
    destination: host.address,
    extensions,
    icmpv6: { type: PROBE, body: Buffer.alloc(4) },
  });
  peer.inject(packet);
  return decodePacket(packet).extensions;
}
