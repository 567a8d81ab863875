import {
  ancillary,
  encodeHopByHop,
  expect,
  int,
  message,
  OPTION,
  outcomeOf,
  type AncillaryItem,
  type Rule,
} from '../../harness';

const PROBE = message({ type: 200 });
const HOP_BY_HOP = ancillary.hopByHopOptions(
  encodeHopByHop({ options: [{ type: OPTION.padN, data: Buffer.alloc(4) }] }),
);

/** What it comes to when these objects go with a message to the peer. */
const outcomes = (
  send: (item: AncillaryItem) => unknown,
  items: Readonly<Record<string, AncillaryItem>>,
): string =>
  Object.entries(items)
    .map(
      ([name, item]) =>
        `${name}: ${outcomeOf(() => {
          send(item);
        })}`,
    )
    .join(', ');

/** Ancillary data on the way out. */
export const sentAncillaryData: readonly Rule[] = [
  {
    id: 'ancillary-data-affects-one-datagram',
    says: 'Source, hop limit and traffic class that are given as ancillary data affect that datagram, and not the next.',
    covers: ['4-18', '6-01'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const items = [
        ancillary.packetInfo({ address: host.secondAddress }),
        ancillary.hopLimit(44),
        ancillary.trafficClass(0x20),
      ];
      const first = await wire.captureOne(() =>
        socket.sendMessage(PROBE, peer.address, { ancillary: items }),
      );
      expect(first).toBePacket({ source: host.secondAddress, hopLimit: 44, trafficClass: 0x20 });
      const next = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
      expect(next).toBePacket({ source: host.address, hopLimit: 64, trafficClass: 0 });
    },
  },
  {
    id: 'objects-that-are-none',
    says: 'What sendmsg makes of objects of level IPPROTO_IPV6 whose type is no sendable option.',
    covers: ['4-19'],
    needs: ['raw-icmpv6'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      return outcomes((item) => socket.sendMessage(PROBE, peer.address, { ancillary: [item] }), {
        'receive-hop-limit': { option: 'receive-hop-limit', data: int(1) },
        'unicast-hops': { option: 'unicast-hops', data: int(64) },
        checksum: { option: 'checksum', data: int(2) },
        'path-mtu': { option: 'path-mtu', data: Buffer.alloc(32) },
      });
    },
  },
  {
    id: 'objects-of-wrong-lengths',
    says: 'What sendmsg makes of objects whose data are shorter or longer than their type.',
    covers: ['4-20'],
    needs: ['raw-icmpv6'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const cases = (['hop-limit', 'traffic-class', 'packet-info'] as const).flatMap((option) =>
        (option === 'packet-info' ? [0, 16, 24] : [0, 1, 2, 8]).map(
          (length) => [`${option} of ${String(length)}`, { option, data: Buffer.alloc(length) }] as const,
        ),
      );
      return outcomes(
        (item) => socket.sendMessage(PROBE, peer.address, { ancillary: [item] }),
        Object.fromEntries(cases),
      );
    },
  },
  {
    id: 'the-same-object-twice',
    says: 'What the packet gets when the same object is given twice with different values.',
    covers: ['4-21'],
    needs: ['raw-icmpv6', 'wire'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const send = (items: readonly AncillaryItem[]): string =>
        outcomeOf(() => socket.sendMessage(PROBE, peer.address, { ancillary: items }));
      let outcome = '';
      const packets = await wire.capture(() => {
        outcome = [
          send([ancillary.hopLimit(11), ancillary.hopLimit(22)]),
          send([ancillary.trafficClass(0x20), ancillary.trafficClass(0x40)]),
          send([HOP_BY_HOP, HOP_BY_HOP]),
        ].join(', ');
      });
      const seen = packets.map(
        ({ ipv6 }) => `hop limit ${String(ipv6.hopLimit)} class ${String(ipv6.trafficClass)}`,
      );
      return `hop limit, traffic class, hop-by-hop options: ${outcome}; on the wire: ${seen.join(', ')}`;
    },
  },
];
