import { ancillary, expect, message, outcomeOf, section, type Rule } from '../../harness';

/** A type for private experiments (RFC 4443 §2.1): the kernel does nothing of its own with it. */
const TYPE = 200;
const PROBE = message({ type: TYPE });

export default section('6.1', 'Specifying/Receiving the Interface', [
  {
    id: 'index-0-leaves-the-choice',
    says: 'With interface index 0 in IPV6_PKTINFO the kernel chooses the interface, as it would without.',
    covers: ['6.1-02', '6.1-01'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, wire, peer, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      const open = { ancillary: [ancillary.packetInfo({ interface: 0 })] };
      const first = await wire.captureOne(() => socket.sendMessage(PROBE, peer.address, open));
      expect(first).toBePacket({ type: TYPE, source: host.address });
      const other = await second.wire.captureOne(() => socket.sendMessage(PROBE, second.peer.address, open));
      expect(other).toBePacket({ type: TYPE, source: second.address });
    },
  },
  ...(['ff02::1', 'ff05::101'] as const).map((destination): Rule => ({
    id: `index-selects-the-interface-to-${destination.replace(/:+/g, '-')}`,
    says: `An interface index in ancillary IPV6_PKTINFO selects the interface that a message to ${destination} leaves by.`,
    covers: ['6.1-04', '6-01', '6.7-01'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, wire, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      for (const [link, index] of [
        [wire, host.interface.index],
        [second.wire, second.interface.index],
      ] as const) {
        const over = { ancillary: [ancillary.packetInfo({ interface: index })] };
        const packets = await link.capture(() => socket.sendMessage(PROBE, destination, over));
        expect(packets.length).toBeGreaterThan(0);
      }
    },
  })),
  {
    id: 'index-binds-with-a-source',
    says: 'An interface index in ancillary IPV6_PKTINFO binds a packet whose source address is given too: it leaves there or not at all.',
    covers: ['6.1-04', '6.7-01'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, peer, wire, secondLink }) {
      const { interface: other } = await secondLink();
      const socket = host.rawIcmpv6();
      const over = {
        ancillary: [ancillary.packetInfo({ address: host.address, interface: other.index })],
      };
      const packets = await wire.capture(() =>
        outcomeOf(() => socket.sendMessage(PROBE, peer.address, over)),
      );
      expect(packets.map(({ ipv6 }) => `on the other link, from ${ipv6.source}`)).toEqual([]);
    },
  },
  {
    id: 'arriving-index-is-always-there',
    says: 'The index in a received IPV6_PKTINFO is that of the interface that the packet arrived on, and positive.',
    covers: ['6.1-03', '6.1-01'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, peer, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      socket.enable('receive-packet-info');
      peer.send({ type: TYPE }, host.address);
      second.peer.send({ type: TYPE }, second.address);
      peer.send({ type: TYPE }, 'ff02::1');
      second.peer.send({ type: TYPE }, 'ff02::1');
      // It arrives where it came in, whichever interface has the address.
      second.peer.send({ type: TYPE }, host.address);
      socket.sendTo(PROBE, '::1');
      const indexes = socket.settled().map(({ ancillary: { packetInfo } }) => packetInfo?.interface);
      const [one, two] = [host.interface.index, second.interface.index];
      expect(indexes).toEqual([one, two, one, two, two, host.loopbackInterface.index]);
      expect(Math.min(one, two, host.loopbackInterface.index)).toBeGreaterThan(0);
    },
  },
]);
