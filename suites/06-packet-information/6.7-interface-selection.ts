import {
  ancillary,
  expect,
  message,
  outcomeOf,
  section,
  type AncillaryItem,
  type Laboratory,
  type Link,
  type Rule,
  type Socket,
} from '../../harness';

const PROBE = message({ type: 200 });
const GROUP = 'ff05::3542';
const OFF_LINK = '2001:db8:67::1';

/** Ways to ask for an interface, from the strongest; each asks a socket, or a single message. */
const WAYS: Readonly<Record<string, (socket: Socket, index: number) => readonly AncillaryItem[]>> = {
  'ancillary-packet-info': (_, index) => [ancillary.packetInfo({ interface: index })],
  'sticky-packet-info': (socket, index) => {
    socket.setSticky(ancillary.packetInfo({ interface: index }));
    return [];
  },
  'multicast-interface': (socket, index) => {
    socket.setInt('multicast-interface', index);
    return [];
  },
};

/** Sends to a group, asking for the second link by `strong` and for the first by `weak`: the link that it leaves by. */
async function chosen({ host, secondLink, wire }: Laboratory, strong: string, weak?: string) {
  const second = await secondLink();
  const socket = host.rawIcmpv6();
  const weaker = weak === undefined ? [] : (WAYS[weak]?.(socket, host.interface.index) ?? []);
  const stronger = WAYS[strong]?.(socket, second.interface.index) ?? [];
  return whereTo(wire, second, () =>
    socket.sendMessage(PROBE, GROUP, { ancillary: [...weaker, ...stronger] }),
  );
}

/** Which link the packets of an action leave by. */
async function whereTo(first: Laboratory['wire'], second: Link, action: () => unknown): Promise<string> {
  let onSecond = 0;
  const onFirst = await first.capture(async () => {
    onSecond = (await second.wire.capture(action)).length;
  });
  return [...onFirst.map(() => 'the first link'), ...Array<string>(onSecond).fill('the second link')].join(
    ', ',
  );
}

const alone = Object.keys(WAYS).map((way, rank): Rule => ({
  id: `${way}-selects`,
  says: `${way} selects the interface that a multicast packet leaves by, where nothing else asks for one.`,
  covers: [`6.7-0${String(rank + 1)}`],
  needs: ['raw-icmpv6', 'second-link'],
  async check(lab) {
    expect(await chosen(lab, way)).toBe('the second link');
  },
}));

const PAIRS = [
  ['ancillary-packet-info', 'sticky-packet-info', '6.7-01'],
  ['ancillary-packet-info', 'multicast-interface', '6.7-01'],
  ['sticky-packet-info', 'multicast-interface', '6.7-07'],
] as const;

const pairs = PAIRS.map(([strong, weak, row]): Rule => ({
  id: `${strong}-over-${weak}`,
  says: `${strong} overrides ${weak} for a multicast packet.`,
  covers: [row],
  needs: ['raw-icmpv6', 'second-link'],
  async check(lab) {
    expect(await chosen(lab, strong, weak)).toBe('the second link');
  },
}));

/** A next hop of the second link. */
const viaSecond = (socket: Socket, second: Link): AncillaryItem =>
  socket.nextHop({ address: second.peer.linkLocal, scope: second.interface.index });

const nextHops: readonly Rule[] = [
  {
    id: 'ancillary-next-hop-selects',
    says: 'An ancillary IPV6_NEXTHOP selects the interface that its neighbor is on.',
    covers: ['6.7-04'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, wire, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      const items = [viaSecond(socket, second)];
      const where = await whereTo(wire, second, () =>
        socket.sendMessage(PROBE, OFF_LINK, { ancillary: items }),
      );
      expect(where).toBe('the second link');
    },
  },
  {
    id: 'sticky-next-hop-selects',
    says: 'A sticky IPV6_NEXTHOP selects the interface that its neighbor is on.',
    covers: ['6.7-05'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, wire, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      socket.setSticky(viaSecond(socket, second));
      expect(await whereTo(wire, second, () => socket.sendTo(PROBE, OFF_LINK))).toBe('the second link');
    },
  },
  {
    id: 'ancillary-next-hop-over-sticky-next-hop',
    says: 'An ancillary IPV6_NEXTHOP overrides a sticky one.',
    covers: ['6.7-04', '4.2-04'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, peer, wire, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      socket.setSticky(socket.nextHop({ address: peer.neighbor.linkLocal, scope: host.interface.index }));
      const items = [viaSecond(socket, second)];
      const where = await whereTo(wire, second, () =>
        socket.sendMessage(PROBE, OFF_LINK, { ancillary: items }),
      );
      expect(where).toBe('the second link');
    },
  },
];

const zones: readonly Rule[] = [
  {
    id: 'no-choice-is-the-implementations',
    says: 'Where a packet to a link-local address goes when nothing says which link is meant.',
    covers: ['6.7-06'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, wire, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      let outcome = '';
      const where = await whereTo(wire, second, () => {
        outcome = outcomeOf(() => socket.sendTo(PROBE, 'fe80::2'));
      });
      return [outcome, where].filter((words) => words !== '').join(' on ');
    },
  },
  {
    id: 'destination-of-another-zone-is-refused',
    says: 'A destination in the zone of one link cannot be sent to over the interface of another.',
    covers: ['6.7-08'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, wire, peer, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      const items = [ancillary.packetInfo({ interface: second.interface.index })];
      for (const address of [peer.linkLocal, 'ff02::1']) {
        const to = { address, scope: host.interface.index };
        const where = await whereTo(wire, second, () => {
          expect(() => socket.sendMessage(PROBE, to, { ancillary: items })).toFail();
        });
        expect(where).toBe('');
      }
    },
  },
  {
    id: 'source-of-another-zone-is-refused',
    says: 'A link-local address of one link cannot be the source of a packet over another.',
    covers: ['6.7-08'],
    needs: ['raw-icmpv6', 'second-link'],
    async check({ host, wire, secondLink }) {
      const second = await secondLink();
      const socket = host.rawIcmpv6();
      const items = [ancillary.packetInfo({ address: host.linkLocal, interface: second.interface.index })];
      const where = await whereTo(wire, second, () => {
        expect(() => socket.sendMessage(PROBE, second.peer.address, { ancillary: items })).toFail();
      });
      expect(where).toBe('');
    },
  },
];

export default section('6.7', 'Summary of Outgoing Interface Selection', [
  ...alone,
  ...pairs,
  ...nextHops,
  ...zones,
]);
