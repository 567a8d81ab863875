import {
  ancillary,
  encodeHopByHop,
  expect,
  message,
  OPTION,
  outcomeOf,
  section,
  sendWith,
  WAYS,
  type Rule,
} from '../../harness';

const DATA = message({ type: 200, body: Buffer.alloc(12) });
const needs: Rule['needs'] = ['raw-icmpv6', 'wire'];
const ICMPV6 = 58;

const alert = (nextHeader: number): Buffer =>
  encodeHopByHop({ nextHeader, options: [{ type: OPTION.routerAlert, data: Buffer.of(0, 0) }] });

const long = (nextHeader: number): Buffer =>
  encodeHopByHop({ nextHeader, options: [{ type: 0x1e, data: Buffer.alloc(100, 0xa5) }] });

/** Headers whose lengths contradict the option's, or whose options are cut off. */
const MALFORMED: Readonly<Record<string, Buffer>> = {
  '1 byte': Buffer.alloc(1),
  '7 bytes': Buffer.alloc(7),
  '9 bytes': Buffer.alloc(9),
  'length field too small': Buffer.concat([alert(0), Buffer.alloc(8)]),
  'length field too large': encodeHopByHop({ length: 1 }),
  'option beyond the end': encodeHopByHop({ options: [{ type: 0x1e, length: 200, data: Buffer.alloc(4) }] }),
  '2056 bytes': Buffer.concat([Buffer.of(0, 255), Buffer.alloc(2054)]),
};

export default section('8.2', 'Sending Hop-by-Hop Options', [
  ...WAYS.flatMap((way): Rule[] => [
    {
      id: `${way}-header-goes-out`,
      says: `A hop-by-hop options header (${way}) goes out as it was specified, with the next header that follows it.`,
      covers: ['8.2-01'],
      needs,
      async check({ host, peer, wire }) {
        for (const header of [alert, long]) {
          const packet = await wire.captureOne(() => {
            sendWith(way, [ancillary.hopByHopOptions(header(99))], host.rawIcmpv6(), DATA, peer.address);
          });
          const headers = packet.extensions.map(({ bytes }) => bytes.toString('hex'));
          expect(headers).toEqual([header(ICMPV6).toString('hex')]);
          expect(packet).toCarryItsChecksum();
        }
      },
    },
    {
      id: `malformed-${way}-headers`,
      says: `What specifying a malformed hop-by-hop options header (${way}) gives.`,
      covers: ['8.2-04'],
      needs: ['raw-icmpv6'],
      check({ host, peer }) {
        const outcomes = Object.entries(MALFORMED).map(([what, header]) => {
          const outcome = outcomeOf(() => {
            sendWith(way, [ancillary.hopByHopOptions(header)], host.rawIcmpv6(), DATA, peer.address);
          });
          return `${what}: ${outcome}`;
        });
        return outcomes.join(', ');
      },
    },
  ]),
  {
    id: 'sticky-header-stays',
    says: 'A sticky hop-by-hop options header is in every message until it is replaced by another.',
    covers: ['8.2-01'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      for (const header of [alert(ICMPV6), long(ICMPV6)]) {
        socket.setSticky(ancillary.hopByHopOptions(header));
        const packets = await wire.capture(() => {
          socket.sendTo(DATA, peer.address);
          socket.sendTo(DATA, peer.address);
        });
        const headers = packets.map(({ extensions }) => extensions[0]?.bytes.toString('hex'));
        expect(headers).toEqual([header.toString('hex'), header.toString('hex')]);
      }
    },
  },
  {
    id: 'ancillary-header-does-not-stay',
    says: 'A hop-by-hop options header in ancillary data is in that message and in no later one.',
    covers: ['8.2-01'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      sendWith('ancillary', [ancillary.hopByHopOptions(alert(0))], socket, DATA, peer.address);
      const packet = await wire.captureOne(() => socket.sendTo(DATA, peer.address));
      expect(packet).toBePacket({ extensions: [] });
    },
  },
  {
    id: 'zero-length-removes-the-sticky-header',
    says: 'Setting IPV6_HOPOPTS with a length of zero removes the sticky header.',
    covers: ['8.2-02'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.setSticky(ancillary.hopByHopOptions(alert(0)));
      socket.clearSticky('hop-by-hop-options');
      const packet = await wire.captureOne(() => socket.sendTo(DATA, peer.address));
      expect(packet).toBePacket({ extensions: [] });
    },
  },
]);
