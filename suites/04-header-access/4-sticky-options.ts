import {
  ancillary,
  encodeDestinationOptions,
  encodeHopByHop,
  expect,
  message,
  OPTION,
  outcomeOf,
  type AncillaryItem,
  type Rule,
  type Socket,
} from '../../harness';

const PROBE = message({ type: 200 });
const PADDING = { options: [{ type: OPTION.padN, data: Buffer.alloc(4) }] };
const HOP_BY_HOP = ancillary.hopByHopOptions(encodeHopByHop(PADDING));
const DESTINATION = ancillary.destinationOptions(encodeDestinationOptions(PADDING));
const BEFORE_ROUTING = ancillary.routingHeaderDestinationOptions(encodeDestinationOptions(PADDING));
const TRAFFIC_CLASS = ancillary.trafficClass(0xb8);

/** Room for any value. */
const ROOM = 64;

/** Items that show on the wire by themselves, whichever way they are given. */
const VISIBLE = [TRAFFIC_CLASS, HOP_BY_HOP, DESTINATION] as const;

const readBack = (socket: Socket, { option }: AncillaryItem): string =>
  socket.getOption(option, ROOM).toString('hex');

/** Sticky options, and the values that they have. */
export const stickyOptions: readonly Rule[] = [
  ...VISIBLE.map((item): Rule => ({
    id: `${item.option}-is-option-and-object`,
    says: `The same level and name make ${item.option} a socket option and an ancillary data object, with the same effect on the packet.`,
    covers: ['4-01'],
    needs: ['raw-icmpv6', 'wire'],
    async check({ host, peer, wire }) {
      const given = host.rawIcmpv6();
      const sticky = host.rawIcmpv6();
      sticky.setSticky(item);
      const [once, always] = [
        await wire.captureOne(() => given.sendMessage(PROBE, peer.address, { ancillary: [item] })),
        await wire.captureOne(() => sticky.sendTo(PROBE, peer.address)),
      ];
      expect(once).toBePacket({
        trafficClass: always.ipv6.trafficClass,
        extensions: always.extensions.map(({ kind }) => kind),
      });
      expect(once.bytes.subarray(40)).toEqual(always.bytes.subarray(40));
      expect(once.ipv6.trafficClass + once.extensions.length).toBeGreaterThan(0);
    },
  })),
  ...VISIBLE.map((item): Rule => ({
    id: `sticky-${item.option}-affects-every-packet`,
    says: `A sticky ${item.option} is in every packet that follows, until it is cleared.`,
    covers: ['4-17'],
    needs: ['raw-icmpv6', 'wire'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const plain = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
      socket.setSticky(item);
      for (let round = 0; round < 3; round += 1) {
        const packet = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
        expect(marksOf(packet)).not.toEqual(marksOf(plain));
      }
      if (item === TRAFFIC_CLASS) socket.setSticky(ancillary.trafficClass(-1));
      else socket.clearSticky(item.option);
      const cleared = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
      expect(marksOf(cleared)).toEqual(marksOf(plain));
    },
  })),
  ...[TRAFFIC_CLASS, HOP_BY_HOP, DESTINATION, BEFORE_ROUTING].map((item): Rule => ({
    id: `sticky-${item.option}-reads-back`,
    says: `getsockopt returns the sticky ${item.option} that setsockopt stored.`,
    covers: ['4-13'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      socket.setSticky(item);
      expect(readBack(socket, item)).toBe(item.data.toString('hex'));
    },
  })),
  {
    id: 'sticky-packet-info-reads-back',
    says: 'getsockopt returns the sticky IPV6_PKTINFO that setsockopt stored.',
    covers: ['4-13'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const item = ancillary.packetInfo({ address: host.address, interface: host.interface.index });
      socket.setSticky(item);
      expect(readBack(socket, item)).toBe(item.data.toString('hex'));
    },
  },
  {
    id: 'sticky-next-hop-reads-back',
    says: 'getsockopt returns the sticky IPV6_NEXTHOP that setsockopt stored.',
    covers: ['4-13'],
    needs: ['raw-icmpv6'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const item = socket.nextHop({ address: peer.neighbor.linkLocal, scope: host.interface.index });
      socket.setSticky(item);
      expect(readBack(socket, item)).toBe(item.data.toString('hex'));
    },
  },
  {
    id: 'unset-packet-info-is-unspecified',
    says: 'Without a sticky IPV6_PKTINFO, getsockopt returns the unspecified address and interface index 0.',
    covers: ['4-14'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      expect(readBack(host.rawIcmpv6(), ancillary.packetInfo({}))).toBe('00'.repeat(20));
    },
  },
  {
    id: 'unset-traffic-class-is-the-default',
    says: "Without a sticky IPV6_TCLASS, getsockopt returns the kernel's default: the class that the packets have.",
    covers: ['4-15'],
    needs: ['raw-icmpv6', 'wire'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const packet = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
      expect(socket.getInt('traffic-class')).toBe(packet.ipv6.trafficClass);
    },
  },
  ...(
    [
      'hop-by-hop-options',
      'destination-options',
      'routing-header-destination-options',
      'routing-header',
      'next-hop',
    ] as const
  ).map((option): Rule => ({
    id: `unset-${option}-has-no-length`,
    says: `Without a sticky ${option}, getsockopt succeeds with a length of zero.`,
    covers: ['4-16'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      expect(host.rawIcmpv6().getOption(option, ROOM)).toHaveLength(0);
    },
  })),
  {
    id: 'hop-limit-is-no-option',
    says: 'IPV6_HOPLIMIT is ancillary data only: it can be neither set nor read as a socket option.',
    covers: ['4-12', '6.3-09'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      expect(() => {
        socket.setInt('hop-limit', 64);
      }).toFail();
      expect(() => socket.getInt('hop-limit')).toFail();
    },
  },
  {
    id: 'errors-are-not-a-closed-set',
    says: 'Which error a system returns where the document names none: for IPV6_HOPLIMIT as a socket option.',
    covers: ['1-01'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const set = outcomeOf(() => {
        socket.setInt('hop-limit', 64);
      });
      return `setsockopt: ${set}, getsockopt: ${outcomeOf(() => socket.getInt('hop-limit'))}`;
    },
  },
];

/** What of a packet these options change. */
function marksOf({
  ipv6,
  extensions,
}: {
  readonly ipv6: { readonly trafficClass: number };
  readonly extensions: readonly { readonly kind: string }[];
}): string {
  return [`class ${String(ipv6.trafficClass)}`, ...extensions.map(({ kind }) => kind)].join(', ');
}
