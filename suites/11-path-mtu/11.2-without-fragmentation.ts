import {
  ancillary,
  expect,
  message,
  outcomeOf,
  section,
  sendWith,
  WAYS,
  type AncillaryItem,
  type Laboratory,
  type Rule,
  type Socket,
  type Way,
} from '../../harness';

const HEADER = 40;
const needs: Rule['needs'] = ['raw-icmpv6', 'link'];

const probe = (length: number): Buffer => message({ type: 200, body: Buffer.alloc(length - 4) });

/** How many packets a message of `length` bytes crosses in: none when it is discarded. */
async function crossing(
  { peer, wire }: Laboratory,
  socket: Socket,
  length: number,
  way: Way = 'sticky',
  items: readonly AncillaryItem[] = [],
): Promise<number> {
  const packets = await wire.capture(() =>
    outcomeOf(() => {
      sendWith(way, items, socket, probe(length), peer.address);
    }),
  );
  return packets.length;
}

export default section('11.2', 'Sending without Fragmentation', [
  {
    id: 'fragments-by-default',
    says: 'By default a packet that is too big goes out in fragments.',
    covers: ['11.2-01', '11.2-03'],
    needs,
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      expect(await crossing(lab, socket, lab.wire.mtu - HEADER)).toBe(1);
      expect(await crossing(lab, socket, lab.wire.mtu - HEADER + 1)).toBe(2);
      expect(await crossing(lab, socket, 3000)).toBe(3);
    },
  },
  {
    id: 'off-by-default',
    says: 'IPV6_DONTFRAG is 0 at first.',
    covers: ['11.2-03'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      expect(host.rawIcmpv6().getInt('dont-fragment')).toBe(0);
    },
  },
  {
    id: 'reads-back',
    says: 'IPV6_DONTFRAG reads back as it was set.',
    covers: ['11.2-02', '11.2-03'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      for (const value of [1, 0, 1]) {
        socket.setInt('dont-fragment', value);
        expect(socket.getInt('dont-fragment')).toBe(value);
      }
    },
  },
  ...WAYS.flatMap((way): Rule[] => [
    {
      id: `${way}-discards-what-is-too-big`,
      says: `With IPV6_DONTFRAG (${way}) a packet that is larger than the link's MTU is discarded, and no part of it goes out.`,
      covers: ['11.2-02', '11.2-05', ...(way === 'ancillary' ? ['11.2-04'] : [])],
      needs,
      async check(lab) {
        const items = [ancillary.dontFragment(1)];
        const most = lab.wire.mtu - HEADER;
        for (const length of [most + 1, most + 8, 3000, 60_000])
          expect(await crossing(lab, lab.host.rawIcmpv6(), length, way, items)).toBe(0);
      },
    },
    {
      id: `${way}-sends-what-fits`,
      says: `With IPV6_DONTFRAG (${way}) a packet that is as large as the link's MTU goes out whole.`,
      covers: ['11.2-02', ...(way === 'ancillary' ? ['11.2-04'] : [])],
      needs,
      async check(lab) {
        const items = [ancillary.dontFragment(1)];
        for (const length of [100, 1281, lab.wire.mtu - HEADER])
          expect(await crossing(lab, lab.host.rawIcmpv6(), length, way, items)).toBe(1);
      },
    },
    {
      id: `error-of-what-is-too-big-${way}`,
      says: `What a send gives that IPV6_DONTFRAG (${way}) discards.`,
      covers: ['11.2-06'],
      needs,
      check({ host, peer }) {
        const items = [ancillary.dontFragment(1)];
        return outcomeOf(() => {
          sendWith(way, items, host.rawIcmpv6(), probe(3000), peer.address);
        });
      },
    },
  ]),
  {
    id: 'zero-fragments-again',
    says: 'Setting IPV6_DONTFRAG to 0 has packets fragmented again.',
    covers: ['11.2-03'],
    needs,
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.setInt('dont-fragment', 1);
      socket.setInt('dont-fragment', 0);
      expect(await crossing(lab, socket, 3000)).toBe(3);
    },
  },
  {
    id: 'ancillary-data-count-for-one-message',
    says: 'Ancillary IPV6_DONTFRAG outdoes the sticky option, for that message alone.',
    covers: ['11.2-04'],
    needs,
    async check(lab) {
      for (const sticky of [0, 1]) {
        const socket = lab.host.rawIcmpv6();
        socket.setInt('dont-fragment', sticky);
        const other = [ancillary.dontFragment(1 - sticky)];
        expect(await crossing(lab, socket, 3000, 'ancillary', other)).toBe(sticky === 0 ? 0 : 3);
        expect(await crossing(lab, socket, 3000)).toBe(sticky === 0 ? 3 : 0);
      }
    },
  },
  {
    id: 'sockets-decide-for-themselves',
    says: 'IPV6_DONTFRAG of one socket leaves the packets of another alone.',
    covers: ['11.2-02'],
    needs,
    async check(lab) {
      lab.host.rawIcmpv6().setInt('dont-fragment', 1);
      expect(await crossing(lab, lab.host.rawIcmpv6(), 3000)).toBe(3);
    },
  },
]);
