import {
  ancillary,
  arriveWith,
  encodePacket,
  encodeRouting,
  expect,
  message,
  outcomeOf,
  ROUTING_TYPE,
  section,
  sendWith,
  WAYS,
  type ExtensionFields,
  type Laboratory,
  type Rule,
} from '../../harness';

const PROBE = 200;
const DATA = message({ type: PROBE, body: Buffer.alloc(12) });
const needsPeer: Rule['needs'] = ['raw-icmpv6', 'peer'];
const needsLink: Rule['needs'] = ['raw-icmpv6', 'link'];

/** A routing header at the end of its way: of a type that no node follows (253, 254: RFC 4727), or the source route. */
const ended = (type: number, data: Buffer): ExtensionFields => ({
  kind: 'routing',
  type,
  segmentsLeft: 0,
  data,
});

const hex = (headers: readonly { readonly bytes: Buffer }[]): string[] =>
  headers.map(({ bytes }) => bytes.toString('hex'));

/** A route over these nodes to the final destination, as segment routing lists it: the way backwards (RFC 8754 §2). */
const route = (to: string, ...hops: readonly string[]): Buffer =>
  encodeRouting({ type: ROUTING_TYPE.segment, nextHeader: 99, addresses: [to, ...[...hops].reverse()] });

function received(lab: Laboratory, ...extensions: ExtensionFields[]): { sent: string[]; got: string[] } {
  const socket = lab.host.rawIcmpv6();
  socket.enable('receive-routing-header');
  const sent = hex(arriveWith(lab, ...extensions));
  const objects = socket.next({ type: 201 }).ancillary.all('routing-header');
  return { sent, got: objects.map((object) => object.toString('hex')) };
}

/** Receiving and sending routing headers; the functions that build them are a matter of the C library. */
export default section('7', 'Routing Header Option', [
  {
    id: 'received-header-is-an-object',
    says: 'With IPV6_RECVRTHDR a received routing header is returned whole as one IPV6_RTHDR object.',
    covers: ['7-01', '7-05'],
    needs: needsPeer,
    check(lab) {
      for (const type of [0, 253, 254]) {
        for (const length of [4, 20, 36]) {
          const { sent, got } = received(lab, ended(type, lab.random.bytes(length)));
          expect(got).toEqual(sent);
        }
      }
    },
  },
  {
    id: 'no-object-unless-asked-for',
    says: 'Without IPV6_RECVRTHDR, at first and after it was turned off, no IPV6_RTHDR object is returned.',
    covers: ['7-01'],
    needs: needsPeer,
    check(lab) {
      const fresh = lab.host.rawIcmpv6();
      const off = lab.host.rawIcmpv6();
      off.enable('receive-routing-header');
      off.disable('receive-routing-header');
      arriveWith(lab, ended(253, lab.random.bytes(4)));
      for (const socket of [fresh, off]) expect(socket.next({ type: 201 }).ancillary.kinds).toEqual([]);
    },
  },
  {
    id: 'no-object-without-a-header',
    says: 'A packet without a routing header brings no IPV6_RTHDR object.',
    covers: ['7-01'],
    needs: needsPeer,
    check(lab) {
      expect(received(lab).got).toEqual([]);
    },
  },
  {
    id: 'several-headers-are-several-objects',
    says: 'Several received routing headers are returned as several IPV6_RTHDR objects.',
    covers: ['7-02'],
    needs: needsPeer,
    check(lab) {
      const header = (type: number): ExtensionFields => ended(type, lab.random.bytes(4));
      for (const headers of [
        [header(253), header(254)],
        [header(254), header(253), header(0)],
      ]) {
        const { sent, got } = received(lab, ...headers);
        expect(got).toEqual(sent);
      }
    },
  },
  ...WAYS.flatMap((way): Rule[] => [
    {
      id: `${way}-header-goes-out`,
      says: `A routing header that is specified as ${way === 'sticky' ? 'sticky option' : 'ancillary data'} is in the packet, between IPv6 header and message.`,
      covers: ['7-07'],
      needs: needsLink,
      async check({ host, peer, wire }) {
        const header = ancillary.routingHeader(route(peer.address, peer.secondAddress));
        const packet = await wire.captureOne(() => {
          sendWith(way, [header], host.rawIcmpv6(), DATA, peer.address);
        });
        expect(packet).toBePacket({ extensions: ['routing'], type: PROBE });
      },
    },
    {
      id: `only-one-${way}-header-goes-out`,
      says: `Of two routing headers specified as ${way === 'sticky' ? 'sticky option' : 'ancillary data'} at most one goes out.`,
      covers: ['7-03'],
      needs: needsLink,
      async check({ host, peer, wire }) {
        const headers = [peer.secondAddress, '2001:db8:7::1'].map((hop) =>
          ancillary.routingHeader(route(peer.address, hop)),
        );
        const packets = await wire.capture(() =>
          outcomeOf(() => {
            sendWith(way, headers, host.rawIcmpv6(), DATA, peer.address);
          }),
        );
        const most = Math.max(
          0,
          ...packets.map((packet) => packet.extensions.filter(({ kind }) => kind === 'routing').length),
        );
        expect(most).toBeLessThanOrEqual(1);
      },
    },
  ]),
  {
    id: 'zero-length-removes-the-sticky-header',
    says: 'Setting IPV6_RTHDR with a length of zero removes the sticky routing header.',
    covers: ['7-04'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.setSticky(ancillary.routingHeader(route(peer.address, peer.secondAddress)));
      socket.clearSticky('routing-header');
      const packet = await wire.captureOne(() => socket.sendTo(DATA, peer.address));
      expect(packet).toBePacket({ extensions: [], destination: peer.address });
    },
  },
  {
    id: 'destination-is-the-final-one',
    says: 'The address of a send is the final destination, and the routing header leads there over its nodes.',
    covers: ['7-07'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      for (const hops of [['2001:db8:7::1'], ['2001:db8:7::1', '2001:db8:7::2', '2001:db8:7::3']]) {
        socket.setSticky(ancillary.routingHeader(route(peer.address, ...hops)));
        const packet = await wire.captureOne(() => socket.sendTo(DATA, peer.address));
        const expected = Buffer.from(route(peer.address, ...hops));
        expected.writeUInt8(58, 0);
        expect(packet).toBePacket({ destination: '2001:db8:7::1' });
        expect(hex(packet.extensions)).toEqual([expected.toString('hex')]);
        expect(packet).toCarryItsChecksum();
      }
    },
  },
  {
    id: 'connected-address-is-the-final-one',
    says: 'The address of connect is the final destination of a message that a routing header leads over another node.',
    covers: ['7-07'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.connect(peer.address);
      socket.setSticky(ancillary.routingHeader(route(peer.address, '2001:db8:7::1')));
      const packet = await wire.captureOne(() => socket.send(DATA));
      expect(packet).toBePacket({ destination: '2001:db8:7::1', extensions: ['routing'] });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'source-routes',
    says: 'What becomes of the routing header of type 0, which RFC 5095 deprecates: set, sent and received.',
    covers: ['7-09'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const header = ancillary.routingHeader(
        encodeRouting({ type: ROUTING_TYPE.source, addresses: [peer.secondAddress] }),
      );
      const outcomes = WAYS.map(
        (way) =>
          `${way}: ${outcomeOf(() => {
            sendWith(way, [header], host.rawIcmpv6(), DATA, peer.address);
          })}`,
      );
      const answers = await wire.capture(() => {
        peer.inject(
          encodePacket({
            source: peer.address,
            destination: host.address,
            extensions: [{ kind: 'routing', type: ROUTING_TYPE.source, addresses: [host.secondAddress] }],
            icmpv6: { type: PROBE, body: Buffer.alloc(4) },
          }),
        );
        socket.settled();
      });
      const answer = answers.map(
        ({ icmpv6 }) =>
          `type ${String(icmpv6?.type)} code ${String(icmpv6?.code)} pointer ${String(icmpv6?.body.readUInt32BE(0))}`,
      );
      const seen = socket.received.some(({ type }) => type === PROBE) ? 'delivered' : 'not delivered';
      return `${outcomes.join(', ')}; one with a segment left is ${seen} and answered with ${answer.join(', ') || 'nothing'}`;
    },
  },
]);
