import {
  ancillary,
  encodeDestinationOptions,
  encodeRouting,
  expect,
  message,
  outcomeOf,
  ROUTING_TYPE,
  section,
  sendWith,
  WAYS,
  type Rule,
} from '../../harness';

const DATA = message({ type: 200, body: Buffer.alloc(12) });
const needs: Rule['needs'] = ['raw-icmpv6', 'wire'];
const needsLink: Rule['needs'] = ['raw-icmpv6', 'link'];
const ICMPV6 = 58;
const ROUTING = 43;

const header = (mark: number, nextHeader = 99, length = 4): Buffer =>
  encodeDestinationOptions({ nextHeader, options: [{ type: 0x1e, data: Buffer.alloc(length, mark) }] });

const route = (to: string, over: string): ReturnType<typeof ancillary.routingHeader> =>
  ancillary.routingHeader(encodeRouting({ type: ROUTING_TYPE.segment, addresses: [to, over] }));

const AFTER = ancillary.destinationOptions(header(2));
const BEFORE = ancillary.routingHeaderDestinationOptions(header(1));

/** Headers whose lengths contradict the option's, or whose options are cut off. */
const MALFORMED: Readonly<Record<string, Buffer>> = {
  '1 byte': Buffer.alloc(1),
  '7 bytes': Buffer.alloc(7),
  '9 bytes': Buffer.alloc(9),
  'length field too small': Buffer.concat([header(1), Buffer.alloc(8)]),
  'length field too large': encodeDestinationOptions({ length: 1 }),
  'option beyond the end': encodeDestinationOptions({
    options: [{ type: 0x1e, length: 200, data: Buffer.alloc(4) }],
  }),
  '2056 bytes': Buffer.concat([Buffer.of(0, 255), Buffer.alloc(2054)]),
};

export default section('9.2', 'Sending Destination Options', [
  ...WAYS.flatMap((way): Rule[] => [
    {
      id: `${way}-header-goes-out`,
      says: `A destination options header (${way}) goes out as it was specified, with the next header that follows it.`,
      covers: ['9.2-01', '9.2-06'],
      needs,
      async check({ host, peer, wire }) {
        for (const length of [0, 4, 100]) {
          const item = ancillary.destinationOptions(header(7, 99, length));
          const packet = await wire.captureOne(() => {
            sendWith(way, [item], host.rawIcmpv6(), DATA, peer.address);
          });
          const headers = packet.extensions.map(({ bytes }) => bytes.toString('hex'));
          expect(headers).toEqual([header(7, ICMPV6, length).toString('hex')]);
          expect(packet).toCarryItsChecksum();
        }
      },
    },
    {
      id: `${way}-options-for-a-route-need-one`,
      says: `IPV6_RTHDRDSTOPTS (${way}) is silently ignored without a routing header.`,
      covers: ['9.2-04', '12-06'],
      needs,
      async check({ host, peer, wire }) {
        const packet = await wire.captureOne(() => {
          sendWith(way, [BEFORE], host.rawIcmpv6(), DATA, peer.address);
        });
        expect(packet).toBePacket({ extensions: [], protocol: ICMPV6 });
      },
    },
    {
      id: `malformed-${way}-headers`,
      says: `What specifying a malformed destination options header (${way}) gives.`,
      covers: ['9.2-07'],
      needs: ['raw-icmpv6'],
      check({ host, peer }) {
        const outcomes = Object.entries(MALFORMED).map(([what, bytes]) => {
          const outcome = outcomeOf(() => {
            sendWith(way, [ancillary.destinationOptions(bytes)], host.rawIcmpv6(), DATA, peer.address);
          });
          return `${what}: ${outcome}`;
        });
        return outcomes.join(', ');
      },
    },
  ]),
  {
    id: 'ancillary-header-does-not-stay',
    says: 'A destination options header in ancillary data is in that message and in no later one.',
    covers: ['9.2-01'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      sendWith('ancillary', [AFTER], socket, DATA, peer.address);
      const packet = await wire.captureOne(() => socket.sendTo(DATA, peer.address));
      expect(packet).toBePacket({ extensions: [] });
    },
  },
  {
    id: 'zero-length-removes-the-sticky-header',
    says: 'Setting IPV6_DSTOPTS with a length of zero removes the sticky header.',
    covers: ['9.2-02'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.setSticky(AFTER);
      socket.clearSticky('destination-options');
      const packet = await wire.captureOne(() => socket.sendTo(DATA, peer.address));
      expect(packet).toBePacket({ extensions: [] });
    },
  },
  {
    id: 'zero-length-removes-the-options-of-a-route',
    says: 'Setting IPV6_RTHDRDSTOPTS with a length of zero removes that sticky header, and no other.',
    covers: ['9.2-02'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      for (const item of [route(peer.address, peer.secondAddress), BEFORE, AFTER]) socket.setSticky(item);
      socket.clearSticky('routing-header-destination-options');
      const packet = await wire.captureOne(() => socket.sendTo(DATA, peer.address));
      expect(packet).toBePacket({ extensions: ['routing', 'destination'] });
    },
  },
  {
    id: 'options-of-a-route-precede-it',
    says: 'IPV6_RTHDRDSTOPTS goes out before the routing header, as it was specified.',
    covers: ['9.2-03'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const items = [route(peer.address, peer.secondAddress), BEFORE];
      const packet = await wire.captureOne(() => {
        sendWith('sticky', items, host.rawIcmpv6(), DATA, peer.address);
      });
      expect(packet).toBePacket({ extensions: ['destination', 'routing'] });
      expect(packet.extensions[0]?.bytes.toString('hex')).toBe(header(1, ROUTING).toString('hex'));
    },
  },
  {
    id: 'other-options-follow-the-route',
    says: 'IPV6_DSTOPTS goes out after the routing header, as it was specified.',
    covers: ['9.2-06'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const items = [AFTER, route(peer.address, peer.secondAddress)];
      const packet = await wire.captureOne(() => {
        sendWith('sticky', items, host.rawIcmpv6(), DATA, peer.address);
      });
      expect(packet).toBePacket({ extensions: ['routing', 'destination'] });
      expect(packet.extensions[1]?.bytes.toString('hex')).toBe(header(2, ICMPV6).toString('hex'));
    },
  },
]);
