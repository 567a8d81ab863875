import {
  ancillary,
  expect,
  message,
  outcomeOf,
  section,
  type AncillaryItem,
  type Laboratory,
  type Socket,
} from '../../harness';

const PROBE = message({ type: 200 });
/** Behind the router, which is the peer unless a next hop says otherwise. */
const OFF_LINK = '2001:db8:64::1';

/** The other node of the link that could forward. */
const viaNeighbor = ({ host, peer }: Pick<Laboratory, 'host' | 'peer'>, socket: Socket): AncillaryItem =>
  socket.nextHop({ address: peer.neighbor.linkLocal, scope: host.interface.index });

export default section('6.4', 'Specifying the Next Hop Address', [
  {
    id: 'ancillary-next-hop-takes-the-packet',
    says: 'A packet whose ancillary IPV6_NEXTHOP names a neighbor is handed to that neighbor, and the next one to the router.',
    covers: ['6.4-01', '6-01'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const items = [viaNeighbor({ host, peer }, socket)];
      const given = await wire.captureOne(() => socket.sendMessage(PROBE, OFF_LINK, { ancillary: items }));
      expect(given).toBePacket({
        destination: OFF_LINK,
        hardwareDestination: peer.neighbor.hardwareAddress,
      });
      const next = await wire.captureOne(() => socket.sendTo(PROBE, OFF_LINK));
      expect(next).toBePacket({ hardwareDestination: peer.hardwareAddress });
    },
  },
  {
    id: 'sticky-next-hop-takes-every-packet',
    says: 'Packets of a socket with a sticky IPV6_NEXTHOP are handed to that neighbor.',
    covers: ['6.4-01', '4-17'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.setSticky(viaNeighbor({ host, peer }, socket));
      for (let round = 0; round < 2; round += 1) {
        const packet = await wire.captureOne(() => socket.sendTo(PROBE, OFF_LINK));
        expect(packet).toBePacket({ hardwareDestination: peer.neighbor.hardwareAddress });
      }
    },
  },
  {
    id: 'it-is-privileged',
    says: 'IPV6_NEXTHOP is there for a privileged process, and fails without privilege.',
    covers: ['6.4-02'],
    needs: ['raw-icmpv6', 'link', 'drop-privilege'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const item = viaNeighbor({ host, peer }, socket);
      socket.setSticky(item);
      expect(() => {
        host.unprivileged(() => {
          socket.setSticky(item);
        });
      }).toFail();
    },
  },
  {
    id: 'an-ipv4-next-hop',
    says: 'What comes of a next hop of family AF_INET, which the document does not define.',
    covers: ['6.4-03'],
    needs: ['raw-icmpv6', 'link'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const item = socket.nextHop({ family: 'inet', address: '192.0.2.1' });
      const set = outcomeOf(() => {
        socket.setSticky(item);
      });
      const sent = outcomeOf(() => socket.sendMessage(PROBE, OFF_LINK, { ancillary: [item] }));
      return `setsockopt: ${set}, sendmsg: ${sent}`;
    },
  },
  {
    id: 'it-must-be-a-neighbor',
    says: 'A next hop that is a neighbor is accepted, and one that is behind a router is not used.',
    covers: ['6.4-04'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const near = [viaNeighbor({ host, peer }, socket)];
      await wire.captureOne(() => socket.sendMessage(PROBE, OFF_LINK, { ancillary: near }));
      const far = [socket.nextHop('2001:db8:64::99')];
      const packets = await wire.capture(() =>
        outcomeOf(() => socket.sendMessage(PROBE, OFF_LINK, { ancillary: far })),
      );
      expect(packets).toHaveLength(0);
    },
  },
  {
    id: 'the-destination-as-next-hop-avoids-routers',
    says: 'A next hop equal to the destination sends as with SO_DONTROUTE: to a neighbor directly, to others not through a router.',
    covers: ['6.4-05'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const direct = { ancillary: [socket.nextHop(peer.address)] };
      const packet = await wire.captureOne(() => socket.sendMessage(PROBE, peer.address, direct));
      expect(packet).toBePacket({ hardwareDestination: peer.hardwareAddress });
      const routed = { ancillary: [socket.nextHop(OFF_LINK)] };
      const packets = await wire.capture(() => outcomeOf(() => socket.sendMessage(PROBE, OFF_LINK, routed)));
      for (const each of packets) expect(each).not.toBePacket({ hardwareDestination: peer.hardwareAddress });
    },
  },
  {
    id: 'ignored-for-multicast',
    says: 'A next hop is ignored for a multicast destination.',
    covers: ['6.4-06'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const items = [viaNeighbor({ host, peer }, socket)];
      const packet = await wire.captureOne(() => socket.sendMessage(PROBE, 'ff02::1', { ancillary: items }));
      expect(packet).toBePacket({ hardwareDestination: '33:33:00:00:00:01' });
    },
  },
  {
    id: 'reachable-over-the-given-interface',
    says: 'A next hop of one link is accepted with an IPV6_PKTINFO that names its interface, and is not with that of another.',
    covers: ['6.4-07'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, peer, wire, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      const over = (index: number) => ({
        ancillary: [ancillary.packetInfo({ interface: index }), viaNeighbor({ host, peer }, socket)],
      });
      const packet = await wire.captureOne(() =>
        socket.sendMessage(PROBE, OFF_LINK, over(host.interface.index)),
      );
      expect(packet).toBePacket({ hardwareDestination: peer.neighbor.hardwareAddress });
      expect(() => socket.sendMessage(PROBE, OFF_LINK, over(second.interface.index))).toFail();
    },
  },
  {
    id: 'cleared-by-no-length',
    says: 'A sticky IPV6_NEXTHOP is cleared by setting it with a length of zero.',
    covers: ['6.4-08'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.setSticky(viaNeighbor({ host, peer }, socket));
      socket.clearSticky('next-hop');
      expect(socket.getOption('next-hop', 64)).toHaveLength(0);
      const packet = await wire.captureOne(() => socket.sendTo(PROBE, OFF_LINK));
      expect(packet).toBePacket({ hardwareDestination: peer.hardwareAddress });
    },
  },
]);
