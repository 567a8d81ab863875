import {
  ancillary,
  expect,
  message,
  outcomeOf,
  section,
  type Host,
  type Laboratory,
  type Packet,
  type Rule,
  type Socket,
} from '../../harness';

const TYPE = 200;
const PROBE = message({ type: TYPE });
/** For documentation (RFC 3849): no node has it. */
const FOREIGN = '2001:db8:62::dead';

type Sent = Pick<Laboratory, 'wire' | 'peer'>;

/** The packet that `socket` sends to the peer, with this source in ancillary IPV6_PKTINFO where one is given. */
const sent = ({ wire, peer }: Sent, socket: Socket, source?: string): Promise<Packet> =>
  wire.captureOne(() =>
    socket.sendMessage(PROBE, peer.address, {
      ancillary: source === undefined ? [] : [ancillary.packetInfo({ address: source })],
    }),
  );

const sending: readonly Rule[] = [
  {
    id: 'unspecified-is-the-bound-address',
    says: 'The unspecified address in IPV6_PKTINFO makes a bound socket send from the address that it is bound to.',
    covers: ['6.2-01'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.bind(lab.host.secondAddress);
      expect(await sent(lab, socket, '::')).toBePacket({ source: lab.host.secondAddress });
    },
  },
  {
    id: 'unspecified-lets-the-kernel-choose',
    says: 'The unspecified address in IPV6_PKTINFO leaves the source of an unbound socket to the kernel.',
    covers: ['6.2-02'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      expect(await sent(lab, lab.host.rawIcmpv6(), '::')).toBePacket({ source: lab.host.address });
    },
  },
  {
    id: 'given-source-overrides-the-chosen',
    says: 'An address in ancillary IPV6_PKTINFO is the source of that packet, and its checksum covers it.',
    covers: ['6-01', '6.2-03'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const packet = await sent(lab, lab.host.rawIcmpv6(), lab.host.secondAddress);
      expect(packet).toBePacket({ source: lab.host.secondAddress });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'given-source-overrides-the-bound-once',
    says: 'An address in ancillary IPV6_PKTINFO overrides the bound address for that packet only.',
    covers: ['6.2-03'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.bind(lab.host.secondAddress);
      expect(await sent(lab, socket, lab.host.address)).toBePacket({ source: lab.host.address });
      expect(await sent(lab, socket)).toBePacket({ source: lab.host.secondAddress });
    },
  },
  ...(
    [
      ['foreign-source', 'an address that the node does not have', FOREIGN, '6.2-04'],
      ['peers-source', 'the address of the destination', 'peer', '6.2-04'],
      ['group-source', 'a multicast address', 'ff02::1', '6.2-05'],
      ['joined-group-source', 'a group of the node', 'ff01::1', '6.2-05'],
    ] as const
  ).map(([name, what, address, row]): Rule => ({
    id: `${name}-is-refused`,
    says: `The kernel refuses to send from ${what}, with or without an interface, and nothing leaves.`,
    covers: [row],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const source = address === 'peer' ? peer.address : address;
      const packets = await wire.capture(() => {
        for (const index of [0, host.interface.index]) {
          const items = [ancillary.packetInfo({ address: source, interface: index })];
          expect(() => socket.sendMessage(PROBE, peer.address, { ancillary: items })).toFail();
        }
      });
      expect(packets.map(({ ipv6 }) => ipv6.source)).toEqual([]);
    },
  })),
  {
    id: 'zone-comes-from-the-destination',
    says: 'The zone of a link-local source is that of the destination.',
    covers: ['6.2-06'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const to = { address: peer.linkLocal, scope: host.interface.index };
      const items = [ancillary.packetInfo({ address: host.linkLocal })];
      const packet = await wire.captureOne(() => socket.sendMessage(PROBE, to, { ancillary: items }));
      expect(packet).toBePacket({ source: host.linkLocal, destination: peer.linkLocal });
    },
  },
  {
    id: 'zone-comes-from-the-interface',
    says: 'The zone of a link-local source is that of the outgoing interface, where one is given.',
    covers: ['6.2-06'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      const items = [ancillary.packetInfo({ address: second.linkLocal, interface: second.interface.index })];
      const packet = await second.wire.captureOne(() =>
        socket.sendMessage(PROBE, second.peer.address, { ancillary: items }),
      );
      expect(packet).toBePacket({ source: second.linkLocal });
    },
  },
  {
    id: 'link-local-source-without-a-zone',
    says: 'What comes of a link-local source when neither the destination nor an interface tells its zone.',
    covers: ['6.2-07'],
    needs: ['raw-icmpv6', 'link'],
    check({ host }) {
      const items = [ancillary.packetInfo({ address: host.linkLocal })];
      const socket = host.rawIcmpv6();
      return outcomeOf(() => socket.sendMessage(PROBE, '2001:db8:62::1', { ancillary: items }));
    },
  },
  {
    id: 'sticky-source-is-the-default',
    says: 'A sticky IPV6_PKTINFO with an address makes it the default source of the socket.',
    covers: ['6.2-08', '4-17'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const { host } = lab;
      const socket = host.rawIcmpv6();
      socket.setSticky(
        ancillary.packetInfo({ address: host.secondAddress, interface: host.interface.index }),
      );
      expect(await sent(lab, socket)).toBePacket({ source: host.secondAddress });
    },
  },
  {
    id: 'ancillary-source-overrides-sticky',
    says: 'An address in ancillary IPV6_PKTINFO overrides the sticky one for that packet only.',
    covers: ['6.2-08', '4.2-04'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const { host } = lab;
      const socket = host.rawIcmpv6();
      socket.setSticky(
        ancillary.packetInfo({ address: host.secondAddress, interface: host.interface.index }),
      );
      expect(await sent(lab, socket, host.address)).toBePacket({ source: host.address });
      expect(await sent(lab, socket)).toBePacket({ source: host.secondAddress });
    },
  },
  {
    id: 'tcp-takes-no-sticky-source',
    says: 'A TCP socket refuses a sticky IPV6_PKTINFO with an address, even before it is bound.',
    covers: ['6.2-09'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.socket({ family: 'inet6', type: 'stream', protocol: 6 });
      expect(() => {
        socket.setSticky(ancillary.packetInfo({ address: host.address }));
      }).toFail();
    },
  },
  {
    id: 'bind-sets-the-source',
    says: 'Whether a socket can be bound anew before each message, and which sources its packets then have.',
    covers: ['6.2-11'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const seen: string[] = [];
      for (const address of [lab.host.secondAddress, lab.host.address, lab.host.secondAddress]) {
        const outcome = outcomeOf(() => {
          socket.bind(address);
        });
        seen.push(`${outcome}, ${(await sent(lab, socket)).ipv6.source}`);
      }
      return seen.join('; ');
    },
  },
  {
    id: 'bind-errors',
    says: 'What bind says of addresses that a socket cannot send from.',
    covers: ['6.2-12'],
    needs: ['raw-icmpv6', 'link'],
    check({ host }) {
      const addresses = [FOREIGN, host.linkLocal, 'ff02::1', '::ffff:127.0.0.1'];
      return addresses
        .map(
          (address) =>
            `${address} ${outcomeOf(() => {
              host.rawIcmpv6().bind(address);
            })}`,
        )
        .join(', ');
    },
  },
];

const DESTINATIONS: readonly (readonly [string, (host: Host) => string])[] = [
  ['global', (host) => host.address],
  ['deprecated', (host) => host.secondAddress],
  ['link-local', (host) => host.linkLocal],
  ['multicast', () => 'ff02::1'],
];

const receiving = DESTINATIONS.map(([name, destinationOf]): Rule => ({
  id: `received-${name}-destination`,
  says: `The address in a received IPV6_PKTINFO is the destination of the packet, here a ${name} one.`,
  covers: ['6.2-10'],
  needs: ['raw-icmpv6', 'link'],
  check({ host, peer }) {
    const socket = host.rawIcmpv6();
    socket.enable('receive-packet-info');
    peer.send({ type: TYPE }, destinationOf(host));
    expect(socket.next({ type: TYPE }).ancillary.packetInfo?.address).toBe(destinationOf(host));
  },
}));

export default section('6.2', 'Specifying/Receiving Source/Destination Address', [
  ...sending,
  ...receiving,
  {
    id: 'received-loopback-destination',
    says: 'The address in a received IPV6_PKTINFO is the destination of the packet, here the loopback address.',
    covers: ['6.2-10'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-packet-info');
      socket.sendTo(PROBE, '::1');
      expect(socket.next({ type: TYPE }).ancillary.packetInfo).toEqual({
        address: '::1',
        interface: host.loopbackInterface.index,
      });
    },
  },
]);
