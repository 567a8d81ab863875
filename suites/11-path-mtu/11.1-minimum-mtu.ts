import {
  ancillary,
  expect,
  message,
  section,
  sendWith,
  WAYS,
  type AncillaryItem,
  type Laboratory,
  type Rule,
  type Way,
} from '../../harness';

const MINIMUM = 1280;
const needs: Rule['needs'] = ['raw-icmpv6', 'link'];
/** Larger than the minimum MTU, and smaller than that of the link. */
const DATA = message({ type: 200, body: Buffer.alloc(1400 - 4) });
const VALUES = [-1, 0, 1];

interface Sending {
  readonly way?: Way;
  readonly items?: readonly AncillaryItem[];
  readonly group?: true;
}

/** Lengths of the packets in which a message of 1400 bytes crosses. */
async function lengths({ host, peer, wire }: Laboratory, sending: Sending): Promise<number[]> {
  const to =
    sending.group === true
      ? { address: 'ff02::3542', scope: host.interface.index }
      : { address: peer.address };
  const packets = await wire.capture(() => {
    sendWith(sending.way ?? 'sticky', sending.items ?? [], host.rawIcmpv6(), DATA, to);
  });
  return packets.map(({ bytes }) => bytes.length);
}

const isSmall = (found: readonly number[]): boolean =>
  found.length > 1 && found.every((length) => length <= MINIMUM);

const fragmented = async (lab: Laboratory, sending: Sending): Promise<string> =>
  isSmall(await lengths(lab, sending)) ? 'in fragments of the minimum MTU' : 'in one packet';

export default section('11.1', 'Sending with the Minimum MTU', [
  {
    id: 'values-are-taken',
    says: 'IPV6_USE_MIN_MTU takes the values -1, 0 and 1 and reads back as it was set.',
    covers: ['11.1-01'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      for (const value of VALUES) {
        socket.setInt('use-min-mtu', value);
        expect(socket.getInt('use-min-mtu')).toBe(value);
      }
    },
  },
  {
    id: 'default',
    says: 'IPV6_USE_MIN_MTU is -1 at first.',
    covers: ['11.1-02'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      expect(host.rawIcmpv6().getInt('use-min-mtu')).toBe(-1);
    },
  },
  {
    id: 'other-values-are-invalid',
    says: 'Setting IPV6_USE_MIN_MTU to another value fails with EINVAL.',
    covers: ['11.1-03'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      for (const value of [-2, 2, 255, 256, 1280]) {
        expect(() => {
          socket.setInt('use-min-mtu', value);
        }).toFail('EINVAL');
      }
    },
  },
  {
    id: 'values-are-taken-as-ancillary-data',
    says: 'IPV6_USE_MIN_MTU with -1, 0 or 1 can be ancillary data.',
    covers: ['11.1-06'],
    needs: ['raw-icmpv6'],
    check({ host, peer }) {
      for (const value of VALUES)
        sendWith('ancillary', [ancillary.useMinMtu(value)], host.rawIcmpv6(), DATA, peer.address);
    },
  },
  ...WAYS.flatMap((way): Rule[] => [
    {
      id: `${way}-1-fragments-to-the-minimum`,
      says: `With IPV6_USE_MIN_MTU 1 (${way}) larger packets go out in fragments of the minimum MTU.`,
      covers: ['11.1-04', ...(way === 'ancillary' ? ['11.1-06'] : [])],
      needs,
      async check(lab) {
        const items = [ancillary.useMinMtu(1)];
        expect(await fragmented(lab, { way, items })).toBe('in fragments of the minimum MTU');
        expect(await fragmented(lab, { way, items, group: true })).toBe('in fragments of the minimum MTU');
      },
    },
    {
      id: `${way}-0-uses-the-path-mtu`,
      says: `With IPV6_USE_MIN_MTU 0 (${way}) packets of the path MTU go out whole, to a group too.`,
      covers: ['11.1-01'],
      needs,
      async check(lab) {
        const items = [ancillary.useMinMtu(0)];
        expect(await fragmented(lab, { way, items })).toBe('in one packet');
        expect(await fragmented(lab, { way, items, group: true })).toBe('in one packet');
      },
    },
  ]),
  {
    id: 'unicast-uses-the-path-mtu',
    says: 'By default packets to a unicast address go out with the path MTU.',
    covers: ['11.1-05'],
    needs,
    async check(lab) {
      expect(await fragmented(lab, {})).toBe('in one packet');
    },
  },
  {
    id: 'multicast-uses-the-minimum',
    says: 'By default packets to a group go out with the minimum MTU.',
    covers: ['11.1-05'],
    needs,
    async check(lab) {
      expect(await fragmented(lab, { group: true })).toBe('in fragments of the minimum MTU');
    },
  },
]);
