//  What a frame of an interface begins with, before its IPv6 header. `linkType` is pcapng's number for it (LINKTYPE_).

import { ETHERNET_BYTES, ETHERTYPE_IPV6 } from './ethernet';

export interface LinkLayer {
  readonly linkType: number;
  /** Bytes before the IPv6 header. */
  readonly headerBytes: number;
  /** Whether the frame carries IPv6. A frame that is too short to tell is taken for one, so that decoding it says so. */
  carriesIpv6(frame: Buffer): boolean;
}

/** Ethernet II, LINKTYPE_ETHERNET. */
export const ETHERNET: LinkLayer = {
  linkType: 1,
  headerBytes: ETHERNET_BYTES,
  carriesIpv6: (frame) => frame.length < ETHERNET_BYTES || frame.readUInt16BE(12) === ETHERTYPE_IPV6,
};

/** The family of the packet as a number of the capturing host, LINKTYPE_NULL. Npcap writes 24 for IPv6 on its loopback adapter. */
export const NULL_LOOPBACK: LinkLayer = {
  linkType: 0,
  headerBytes: 4,
  carriesIpv6: (frame) => frame.length < 4 || frame.readUInt32LE(0) === 24,
};

/** Nothing at all, as on a TUN device: the version of the first byte tells IPv6 from IPv4. LINKTYPE_RAW. */
export const BARE: LinkLayer = {
  linkType: 101,
  headerBytes: 0,
  carriesIpv6: (frame) => frame.length === 0 || frame.readUInt8(0) >> 4 === 6,
};
