import { endianness } from 'node:os';
import { formatAddress, parseAddress } from '../packet/address';
import { decodeControl, encodeControl, int, readInt, type ControlObject } from './control';
import { OPTION_NAMES, type OptionName } from './options';
import type { System } from './system-calls';

/** One ancillary data object by meaning. RFC 3542 §4 uses one constant as option name and as cmsg_type. */
export interface AncillaryItem {
  readonly option: OptionName;
  readonly data: Buffer;
}

/** `struct in6_pktinfo` (RFC 3542 §6): an address and an interface index, either of which may be left open. */
export interface PacketInfo {
  readonly address: string;
  readonly interface: number;
}

/** `struct ip6_mtuinfo` (RFC 3542 §11.3). */
export interface MtuInfo {
  readonly address: string;
  readonly scope: number;
  readonly mtu: number;
}

/** Ancillary data as values, and the sticky options of the same names. */
export const ancillary = {
  packetInfo: (info: Partial<PacketInfo>): AncillaryItem => ({
    option: 'packet-info',
    data: encodePacketInfo(info),
  }),
  hopLimit: (value: number): AncillaryItem => ({ option: 'hop-limit', data: int(value) }),
  trafficClass: (value: number): AncillaryItem => ({ option: 'traffic-class', data: int(value) }),
  dontFragment: (value: number): AncillaryItem => ({ option: 'dont-fragment', data: int(value) }),
  useMinMtu: (value: number): AncillaryItem => ({ option: 'use-min-mtu', data: int(value) }),
  hopByHopOptions: (header: Buffer): AncillaryItem => ({ option: 'hop-by-hop-options', data: header }),
  destinationOptions: (header: Buffer): AncillaryItem => ({ option: 'destination-options', data: header }),
  routingHeaderDestinationOptions: (header: Buffer): AncillaryItem => ({
    option: 'routing-header-destination-options',
    data: header,
  }),
  routingHeader: (header: Buffer): AncillaryItem => ({ option: 'routing-header', data: header }),
} as const;

export function encodePacketInfo(info: Partial<PacketInfo>): Buffer {
  return Buffer.concat([parseAddress(info.address ?? '::'), int(info.interface ?? 0)]);
}

export function decodePacketInfo(data: Buffer): PacketInfo {
  return { address: formatAddress(data), interface: readInt(data, 16) };
}

/** The socket address starts at 0 with its own address at 8 and its scope at 24; the MTU follows. */
export function decodeMtuInfo(data: Buffer): MtuInfo {
  const word = (offset: number): number =>
    endianness() === 'LE' ? data.readUInt32LE(offset) : data.readUInt32BE(offset);
  return { address: formatAddress(data, 8), scope: word(24), mtu: word(28) };
}

/** The control buffer that a program would build for these items. */
export function encodeAncillary(system: System, items: readonly AncillaryItem[]): Buffer {
  return encodeControl(
    system.control,
    items.map(({ option, data }) => ({ ...numbersOf(system, option), data })),
  );
}

/** What recvmsg(2) returned as ancillary data. */
export class Ancillary {
  readonly objects: readonly ControlObject[];

  constructor(
    private readonly system: System,
    /** The control buffer as it was returned. */
    readonly bytes: Buffer,
  ) {
    this.objects = decodeControl(system.control, bytes);
  }

  /** Data of every object of this kind, in the order of the buffer. */
  all(option: OptionName): Buffer[] {
    const { level, type } = numbersOf(this.system, option);
    return this.objects
      .filter((object) => object.level === level && object.type === type)
      .map((object) => object.data);
  }

  /** The kinds of all objects in the order of the buffer; one that no option explains is `<level>/<type>`. */
  get kinds(): string[] {
    return this.objects.map(({ level, type }) => {
      const known = OPTION_NAMES.find((option) => {
        const place = this.system.options[option];
        return !('absent' in place) && place.level === level && place.name === type;
      });
      return known ?? `${String(level)}/${String(type)}`;
    });
  }

  get hopLimit(): number | undefined {
    return this.integer('hop-limit');
  }

  get trafficClass(): number | undefined {
    return this.integer('traffic-class');
  }

  get packetInfo(): PacketInfo | undefined {
    const [data] = this.all('packet-info');
    return data === undefined || data.length < 20 ? undefined : decodePacketInfo(data);
  }

  get pathMtu(): MtuInfo | undefined {
    const [data] = this.all('path-mtu');
    return data === undefined || data.length < 32 ? undefined : decodeMtuInfo(data);
  }

  private integer(option: OptionName): number | undefined {
    const [data] = this.all(option);
    return data === undefined || data.length < 4 ? undefined : readInt(data);
  }
}

function numbersOf(system: System, option: OptionName): { level: number; type: number } {
  const place = system.options[option];
  return 'absent' in place ? { level: -1, type: -1 } : { level: place.level, type: place.name };
}
