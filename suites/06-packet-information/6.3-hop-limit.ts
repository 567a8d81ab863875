import {
  ancillary,
  expect,
  int,
  message,
  outcomeOf,
  section,
  type Laboratory,
  type Packet,
  type Rule,
} from '../../harness';

const TYPE = 200;
const PROBE = message({ type: TYPE });

/** Destinations of either kind, and the option that sets the hop limit of all packets to them (RFC 3493 §5). */
const KINDS = [
  ['unicast', (lab: Laboratory) => lab.peer.address, 'unicast-hops'],
  ['multicast', () => 'ff02::1', 'multicast-hops'],
] as const;

type DestinationOf = (lab: Laboratory) => string;

/** The packet to this destination with this ancillary hop limit, from a socket that `option` was set on before. */
async function sent(
  lab: Laboratory,
  destinationOf: DestinationOf,
  given: number | undefined,
  before?: readonly ['unicast-hops' | 'multicast-hops', number],
): Promise<Packet> {
  const socket = lab.host.rawIcmpv6();
  if (before !== undefined) socket.setInt(...before);
  const to = { address: destinationOf(lab), scope: 0 };
  const items = given === undefined ? [] : [ancillary.hopLimit(given)];
  return lab.wire.captureOne(() => socket.sendMessage(PROBE, to, { ancillary: items }));
}

const perKind = KINDS.flatMap(([kind, destinationOf, option]): Rule[] => [
  {
    id: `${kind}-hop-limit-by-socket-option`,
    says: `The hop limit of a ${kind} packet without ancillary data: the default, and what ${option} set.`,
    covers: ['6.3-01'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const plain = await sent(lab, destinationOf, undefined);
      const set = await sent(lab, destinationOf, undefined, [option, 33]);
      return `default ${String(plain.ipv6.hopLimit)}, after setting 33 ${String(set.ipv6.hopLimit)}`;
    },
  },
  {
    id: `${kind}-hop-limit-overrides-for-one-packet`,
    says: `An ancillary hop limit overrides the default and ${option} for one ${kind} packet.`,
    covers: ['6.3-02', '4-18', '4.2-04'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      expect(await sent(lab, destinationOf, 99)).toBePacket({ hopLimit: 99 });
      const socket = lab.host.rawIcmpv6();
      socket.setInt(option, 33);
      const items = [ancillary.hopLimit(44)];
      const over = await lab.wire.captureOne(() =>
        socket.sendMessage(PROBE, destinationOf(lab), { ancillary: items }),
      );
      expect(over).toBePacket({ hopLimit: 44 });
      const next = await lab.wire.captureOne(() => socket.sendTo(PROBE, destinationOf(lab)));
      expect(next).toBePacket({ hopLimit: 33 });
    },
  },
  {
    id: `${kind}-hop-limit-is-used-as-given`,
    says: `An ancillary hop limit of ${kind === 'unicast' ? '0' : '1'} to 255 is the hop limit of the ${kind} packet.`,
    covers: ['6.3-05', '6-01'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      for (const value of [...(kind === 'unicast' ? [0] : []), 1, 2, 17, 64, 127, 128, 254, 255]) {
        expect(await sent(lab, destinationOf, value)).toBePacket({ hopLimit: value });
      }
    },
  },
  {
    id: `${kind}-hop-limit-minus-1-is-the-default`,
    says: `An ancillary hop limit of -1 gives a ${kind} packet the kernel's default.`,
    covers: ['6.3-04'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const plain = await sent(lab, destinationOf, undefined);
      expect(await sent(lab, destinationOf, -1)).toBePacket({ hopLimit: plain.ipv6.hopLimit });
    },
  },
  {
    id: `${kind}-hop-limit-minus-1-after-an-option`,
    says: `Which default an ancillary hop limit of -1 means after ${option} was set: the system's, or the socket's.`,
    covers: ['6.3-04'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const packet = await sent(lab, destinationOf, -1, [option, 33]);
      return packet.ipv6.hopLimit === 33 ? "the socket's" : `hop limit ${String(packet.ipv6.hopLimit)}`;
    },
  },
  ...(
    [
      ['below-minus-1', '6.3-03', [-2, -3, -255, -256, -1000]],
      ['above-255', '6.3-06', [256, 257, 511, 512, 1000, 32767]],
    ] as const
  ).map(([range, row, values]): Rule => ({
    id: `${kind}-hop-limit-${range}-is-refused`,
    says: `An ancillary hop limit ${range.replaceAll('-', ' ').replace('minus 1', '-1')} fails with EINVAL to a ${kind} destination.`,
    covers: [row],
    needs: ['raw-icmpv6', 'link'],
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      for (const value of values) {
        const items = [ancillary.hopLimit(value)];
        expect(() => socket.sendMessage(PROBE, destinationOf(lab), { ancillary: items })).toFail('EINVAL');
      }
    },
  })),
]);

export default section('6.3', 'Specifying/Receiving the Hop Limit', [
  ...perKind,
  {
    id: 'multicast-hop-limit-0',
    says: 'Whether a multicast packet with an ancillary hop limit of 0, which is to stay on the node, crosses the link.',
    covers: ['6.3-05'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, wire }) {
      const socket = host.rawIcmpv6();
      let outcome = '';
      const packets = await wire.capture(() => {
        outcome = outcomeOf(() =>
          socket.sendMessage(PROBE, 'ff02::1', { ancillary: [ancillary.hopLimit(0)] }),
        );
      });
      return `sendmsg ${outcome}, ${String(packets.length)} packets on the wire`;
    },
  },
  {
    id: 'hop-limit-beyond-16-bits-is-refused',
    says: 'An ancillary hop limit is judged with all bits of the int: -65537, 65536 and 65600 fail with EINVAL too.',
    covers: ['6.3-03', '6.3-06'],
    needs: ['raw-icmpv6'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const outcomes = [-0x80000000, -65537, 65535, 65536, 65600, 0x7fffffff].map((value) => {
        const items = [ancillary.hopLimit(value)];
        const outcome = outcomeOf(() => socket.sendMessage(PROBE, peer.address, { ancillary: items }));
        return `${String(value)} ${outcome}`;
      });
      expect(outcomes.filter((outcome) => !outcome.endsWith(' EINVAL'))).toEqual([]);
    },
  },
  {
    id: 'received-only-when-asked-for',
    says: 'The received hop limit is returned while IPV6_RECVHOPLIMIT is on, and neither before nor after.',
    covers: ['6.3-07'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const received = (): number | undefined => {
        socket.drain();
        peer.send({ type: TYPE }, host.address, { hopLimit: 77 });
        return socket.next({ type: TYPE }).ancillary.hopLimit;
      };
      const before = received();
      socket.enable('receive-hop-limit');
      const during = received();
      socket.disable('receive-hop-limit');
      expect([before, during, received()]).toEqual([undefined, 77, undefined]);
    },
  },
  ...KINDS.map(([kind]): Rule => ({
    id: `received-${kind}-hop-limit-is-an-int`,
    says: `The received hop limit of a ${kind} packet is an int at the first byte of the object's data, for all values.`,
    covers: ['6.3-08', '6-02', '4-11'],
    needs: ['raw-icmpv6', 'link'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-hop-limit');
      const sentValues = [0, 1, 2, 64, 77, 127, 128, 254, 255];
      const to = kind === 'unicast' ? host.address : 'ff02::1';
      for (const hopLimit of sentValues) peer.send({ type: TYPE }, to, { hopLimit });
      const data = socket.settled().map((received) => received.ancillary.all('hop-limit'));
      expect(data).toEqual(sentValues.map((hopLimit) => [int(hopLimit)]));
    },
  })),
  {
    id: 'an-off-link-sender-shows',
    says: 'Whether a receiver can tell a neighbor, with hop limit 255, from a sender behind a router, with 254.',
    covers: ['6.3-10'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-hop-limit');
      for (const hopLimit of [255, 254]) peer.send({ type: TYPE }, host.address, { hopLimit });
      return socket
        .settled()
        .map((received) => String(received.ancillary.hopLimit))
        .join(', ');
    },
  },
]);
