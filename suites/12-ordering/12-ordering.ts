import {
  ancillary,
  arriveWith,
  encodeDestinationOptions,
  encodeHopByHop,
  encodeRouting,
  expect,
  message,
  outcomeOf,
  ROUTING_TYPE,
  section,
  sendWith,
  type AncillaryItem,
  type ExtensionFields,
  type Laboratory,
  type Rule,
} from '../../harness';

const DATA = message({ type: 200, body: Buffer.alloc(12) });
const needsPeer: Rule['needs'] = ['raw-icmpv6', 'peer'];
const needsLink: Rule['needs'] = ['raw-icmpv6', 'link'];

const option = (mark: number) => ({ type: 0x1e, data: Buffer.alloc(4, mark) });
const routing: ExtensionFields = { kind: 'routing', type: 253, segmentsLeft: 0, data: Buffer.alloc(4, 9) };
const hopByHop: ExtensionFields = { kind: 'hop-by-hop', options: [option(8)] };
const destination = (mark: number): ExtensionFields => ({ kind: 'destination', options: [option(mark)] });

/** A packet with these headers must come back as their objects, in its order. */
function returnsInOrder(lab: Laboratory, ...extensions: readonly ExtensionFields[]): void {
  const socket = lab.host.rawIcmpv6();
  socket.enable('receive-routing-header', 'receive-hop-by-hop-options', 'receive-destination-options');
  const sent = arriveWith(lab, ...extensions);
  const { objects } = socket.next({ type: 201 }).ancillary;
  expect(objects.map(({ data }) => data.toString('hex'))).toEqual(
    sent.map(({ bytes }) => bytes.toString('hex')),
  );
}

const HOP_BY_HOP = ancillary.hopByHopOptions(encodeHopByHop({ options: [option(8)] }));
const AFTER = ancillary.destinationOptions(encodeDestinationOptions({ options: [option(2)] }));
const BEFORE = ancillary.routingHeaderDestinationOptions(encodeDestinationOptions({ options: [option(1)] }));

/** Every order of the items. */
function orders(items: readonly AncillaryItem[]): AncillaryItem[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item) => orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

export default section('12', 'Ordering of Ancillary Data and IPv6 Extension Headers', [
  {
    id: 'objects-follow-the-packet',
    says: 'The objects of received extension headers have the order of the headers in the packet.',
    covers: ['12-01'],
    needs: needsPeer,
    check(lab) {
      returnsInOrder(lab, hopByHop, destination(1), routing, destination(2));
      returnsInOrder(lab, hopByHop, routing);
    },
  },
  {
    id: 'any-order-is-received',
    says: 'Received extension headers in any number and in an order that no one recommends become objects in that order.',
    covers: ['12-01', '12-02'],
    needs: needsPeer,
    check(lab) {
      returnsInOrder(lab, routing, destination(1), routing);
      returnsInOrder(lab, destination(3), destination(2), destination(1));
      returnsInOrder(lab, destination(1), destination(2), routing, routing, destination(3));
    },
  },
  {
    id: 'only-what-was-asked-for',
    says: 'Headers that the program did not ask for leave no gap: the objects of the others keep their order.',
    covers: ['12-01'],
    needs: needsPeer,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.enable('receive-routing-header', 'receive-destination-options');
      const sent = arriveWith(lab, hopByHop, destination(1), routing, destination(2)).slice(1);
      const { objects } = socket.next({ type: 201 }).ancillary;
      expect(objects.map(({ data }) => data.toString('hex'))).toEqual(
        sent.map(({ bytes }) => bytes.toString('hex')),
      );
    },
  },
  {
    id: 'worked-example',
    says: 'Ancillary IPV6_DSTOPTS, IPV6_RTHDRDSTOPTS and IPV6_HOPOPTS go out as hop-by-hop options, then destination options.',
    covers: ['12-04', '12-05', '12-06'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const packet = await wire.captureOne(() => {
        sendWith('ancillary', [AFTER, BEFORE, HOP_BY_HOP], host.rawIcmpv6(), DATA, peer.address);
      });
      expect(packet).toBePacket({ extensions: ['hop-by-hop', 'destination'] });
      const after = encodeDestinationOptions({ nextHeader: 58, options: [option(2)] });
      expect(packet.extensions[1]?.bytes.toString('hex')).toBe(after.toString('hex'));
    },
  },
  {
    id: 'objects-in-any-order',
    says: 'The order of the objects in a control buffer does not matter.',
    covers: ['12-04'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      for (const items of orders([HOP_BY_HOP, BEFORE, AFTER])) {
        const packet = await wire.captureOne(() => {
          sendWith('ancillary', items, host.rawIcmpv6(), DATA, peer.address);
        });
        expect(packet).toBePacket({ extensions: ['hop-by-hop', 'destination'] });
      }
    },
  },
  {
    id: 'recommended-order-goes-out',
    says: 'Headers go out in the recommended order: hop-by-hop, destination, routing, destination, however they were set.',
    covers: ['12-05', '9.2-03', '9.2-06'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const header = encodeRouting({
        type: ROUTING_TYPE.segment,
        addresses: [peer.address, peer.secondAddress],
      });
      for (const items of orders([HOP_BY_HOP, BEFORE, ancillary.routingHeader(header), AFTER])) {
        const packet = await wire.captureOne(() => {
          sendWith('sticky', items, host.rawIcmpv6(), DATA, peer.address);
        });
        expect(packet).toBePacket({ extensions: ['hop-by-hop', 'destination', 'routing', 'destination'] });
        expect([1, 3].map((at) => packet.extensions[at]?.bytes.at(-1))).toEqual([1, 2]);
      }
    },
  },
  ...[HOP_BY_HOP, BEFORE, AFTER].map((item): Rule => ({
    id: `twice-${item.option}`,
    says: `Of two objects of ${item.option} in a control buffer not both go out.`,
    covers: ['12-03'],
    needs: needsLink,
    async check({ host, peer, wire }) {
      const packets = await wire.capture(() =>
        outcomeOf(() => {
          sendWith('ancillary', [item, item], host.rawIcmpv6(), DATA, peer.address);
        }),
      );
      const headers = packets.map(({ extensions }) => extensions.length);
      expect(Math.max(0, ...headers)).toBeLessThanOrEqual(1);
    },
  })),
]);
