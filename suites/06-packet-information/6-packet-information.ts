import {
  ancillary,
  encodePacketInfo,
  expect,
  int,
  message,
  outcomeOf,
  section,
  type Host,
  type Rule,
} from '../../harness';

const TYPE = 200;
const PROBE = message({ type: TYPE });
const INFORMATION = ['receive-packet-info', 'receive-hop-limit', 'receive-traffic-class'] as const;

const DESTINATIONS: readonly (readonly [string, (host: Host) => string])[] = [
  ['a-second-address', (host) => host.secondAddress],
  ['a-link-local-address', (host) => host.linkLocal],
  ['a-group', () => 'ff02::1'],
];

export default section('6', 'Packet Information', [
  {
    id: 'four-pieces-can-be-given',
    says: 'Source address, interface, hop limit and traffic class can be given together for one packet.',
    covers: ['6-01', '6.1-04', '20.2-01'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const items = [
        ancillary.packetInfo({ address: host.secondAddress, interface: host.interface.index }),
        ancillary.hopLimit(3),
        ancillary.trafficClass(0x48),
      ];
      const packet = await wire.captureOne(() =>
        socket.sendMessage(PROBE, peer.address, { ancillary: items }),
      );
      expect(packet).toBePacket({ source: host.secondAddress, hopLimit: 3, trafficClass: 0x48 });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'the-next-hop-can-be-given',
    says: 'The next hop can be given for one packet.',
    covers: ['6-01', '6.4-01'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const via = socket.nextHop({ address: peer.neighbor.linkLocal, scope: host.interface.index });
      const packet = await wire.captureOne(() =>
        socket.sendMessage(PROBE, '2001:db8:6::1', { ancillary: [via] }),
      );
      expect(packet).toBePacket({ hardwareDestination: peer.neighbor.hardwareAddress });
    },
  },
  {
    id: 'four-pieces-are-returned',
    says: 'Destination address, arriving interface, hop limit and traffic class of a packet can be had together.',
    covers: ['6-02', '20.2-01'],
    needs: ['raw-icmpv6', 'link'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable(...INFORMATION);
      peer.send({ type: TYPE }, host.secondAddress, { hopLimit: 3, trafficClass: 0x48 });
      const received = socket.next({ type: TYPE }).ancillary;
      expect(received.packetInfo).toEqual({ address: host.secondAddress, interface: host.interface.index });
      expect([received.hopLimit, received.trafficClass]).toEqual([3, 0x48]);
    },
  },
  {
    id: 'in6_pktinfo-is-address-then-index',
    says: 'An in6_pktinfo structure is the address and, right behind its 16 bytes, the index as an unsigned integer.',
    covers: ['6-03', '4-11'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-packet-info');
      peer.send({ type: TYPE }, host.address);
      const [data] = socket.next({ type: TYPE }).ancillary.all('packet-info');
      expect(data).toEqual(encodePacketInfo({ address: host.address, interface: host.interface.index }));
      expect(data?.subarray(16)).toEqual(int(host.interface.index));
    },
  },
  {
    id: 'cleared-by-the-unspecified-address',
    says: 'A sticky IPV6_PKTINFO that was in effect is cleared by setting the unspecified address with index 0.',
    covers: ['6-04'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.setSticky(
        ancillary.packetInfo({ address: host.secondAddress, interface: host.interface.index }),
      );
      const before = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
      expect(before).toBePacket({ source: host.secondAddress });
      socket.setSticky(ancillary.packetInfo({}));
      const after = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
      expect(after).toBePacket({ source: host.address });
    },
  },
  ...DESTINATIONS.map(([name, destinationOf]): Rule => ({
    id: `received-info-answers-for-${name}`,
    says: `What comes of answering with the received IPV6_PKTINFO unchanged, when the message was for ${name}.`,
    covers: ['6-05'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-packet-info');
      peer.send({ type: TYPE }, destinationOf(host), { source: peer.linkLocal });
      const { ancillary: received } = socket.next({ type: TYPE });
      const to = { address: peer.linkLocal, scope: host.interface.index };
      let outcome = '';
      const packets = await wire.capture(() => {
        outcome = outcomeOf(() => socket.sendMessage(PROBE, to, { control: received.bytes }));
      });
      return [outcome, ...packets.map(({ ipv6 }) => `from ${ipv6.source}`)].join(' ');
    },
  })),
]);
