import {
  ancillary,
  arriveWith,
  encodeHopByHop,
  expect,
  message,
  outcomeOf,
  section,
  sendWith,
  WAYS,
  type Rule,
} from '../../harness';

const DATA = message({ type: 200, body: Buffer.alloc(12) });
/** For experiments, and skipped by who does not know them (RFC 4727 §3.7). */
const UNKNOWN = [0x1e, 0x3e];

const header = (...types: readonly number[]): Buffer =>
  encodeHopByHop({ options: types.map((type) => ({ type, data: Buffer.of(type, 1, 2, 3) })) });

export default section('8', 'Hop-By-Hop Options', [
  ...WAYS.flatMap((way): Rule[] => [
    {
      id: `several-${way}-options-share-a-header`,
      says: `Several hop-by-hop options in one header (${way}) go out together in that header.`,
      covers: ['8-02'],
      needs: ['raw-icmpv6', 'wire'],
      async check({ host, peer, wire }) {
        const item = ancillary.hopByHopOptions(header(...UNKNOWN));
        const packet = await wire.captureOne(() => {
          sendWith(way, [item], host.rawIcmpv6(), DATA, peer.address);
        });
        expect(packet).toBePacket({ extensions: ['hop-by-hop'] });
        const [extension] = packet.extensions;
        const types = extension?.kind === 'hop-by-hop' ? extension.options.map(({ type }) => type) : [];
        expect(types.filter((type) => type > 1)).toEqual(UNKNOWN);
      },
    },
    {
      id: `two-${way}-headers-never-both-go-out`,
      says: `Of two hop-by-hop options headers (${way}) at most one goes out.`,
      covers: ['8-02', '8.2-03'],
      needs: ['raw-icmpv6', 'wire'],
      async check({ host, peer, wire }) {
        const items = UNKNOWN.map((type) => ancillary.hopByHopOptions(header(type)));
        const packets = await wire.capture(() =>
          outcomeOf(() => {
            sendWith(way, items, host.rawIcmpv6(), DATA, peer.address);
          }),
        );
        const counts = packets.map(
          ({ bytes }) => UNKNOWN.filter((type) => bytes.includes(Buffer.of(type, 4, type, 1, 2, 3))).length,
        );
        expect(Math.max(0, ...counts)).toBeLessThanOrEqual(1);
      },
    },
  ]),
  {
    id: 'sending-without-privilege',
    says: 'Whether a program without privilege may specify hop-by-hop options on a socket that it was given.',
    covers: ['8-03'],
    needs: ['raw-icmpv6', 'drop-privilege'],
    check({ host, peer }) {
      const item = ancillary.hopByHopOptions(header(...UNKNOWN));
      const outcomes = WAYS.map((way) => {
        const socket = host.rawIcmpv6();
        const outcome = outcomeOf(() => {
          host.unprivileged(() => {
            sendWith(way, [item], socket, DATA, peer.address);
          });
        });
        return `${way}: ${outcome}`;
      });
      const socket = host.rawIcmpv6();
      const cleared = outcomeOf(() => {
        host.unprivileged(() => {
          socket.clearSticky('hop-by-hop-options');
        });
      });
      return `${outcomes.join(', ')}, removal: ${cleared}`;
    },
  },
  {
    id: 'receiving-without-privilege',
    says: 'Whether a program without privilege sees received hop-by-hop options on a socket that it was given.',
    covers: ['8-03'],
    needs: ['raw-icmpv6', 'peer', 'drop-privilege'],
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      const outcome = outcomeOf(() => {
        lab.host.unprivileged(() => {
          socket.enable('receive-hop-by-hop-options');
        });
      });
      arriveWith(lab, { kind: 'hop-by-hop', options: [{ type: 0x1e, data: Buffer.alloc(2) }] });
      const objects = socket.next({ type: 201 }).ancillary.all('hop-by-hop-options');
      return `enabling ${outcome}, ${objects.length === 0 ? 'nothing is seen' : 'the header is seen'}`;
    },
  },
]);
