import {
  ancillary,
  encodeRouting,
  expect,
  ICMPV6,
  message,
  outcomeOf,
  packetTooBig,
  ROUTING_TYPE,
  section,
  sendWith,
  WAYS,
  type Laboratory,
  type Message,
  type Rule,
  type Socket,
} from '../../harness';

const needs: Rule['needs'] = ['raw-icmpv6', 'link'];
const PROBE = 200;
const LARGE = message({ type: PROBE, body: Buffer.alloc(3000 - 4) });
const SMALL = message({ type: PROBE, body: Buffer.alloc(1400 - 4) });
const ROUTER_MTU = 1300;

/** A socket that asked for indications. `Message.length` of one is 0. */
function asking({ host }: Laboratory): Socket {
  const socket = host.rawIcmpv6();
  socket.enable('receive-path-mtu');
  return socket;
}

const isIndication = ({ ancillary: { pathMtu } }: Message): boolean => pathMtu !== undefined;

const indications = (socket: Socket): Message[] => socket.settled().filter(isIndication);

/** A send that IPV6_DONTFRAG discards; whether it also fails is left open. */
function sendTooBig(socket: Socket, to: Parameters<Socket['sendMessage']>[1]): void {
  outcomeOf(() => socket.sendMessage(LARGE, to, { ancillary: [ancillary.dontFragment(1)] }));
}

/** A router on the way reports that what the host sends to `to` is too big. */
async function reportTooBig({ host, peer, wire }: Laboratory, socket: Socket, to: string): Promise<void> {
  const packet = await wire.captureOne(() => socket.sendTo(SMALL, to));
  peer.send({ type: ICMPV6.packetTooBig, body: packetTooBig(ROUTER_MTU, packet.bytes) }, host.address);
}

const infoOf = (messages: readonly Message[]): unknown[] =>
  messages.map(({ ancillary: { pathMtu } }) => pathMtu);

export default section('11.3', 'Path MTU Discovery and UDP', [
  {
    id: 'off-by-default',
    says: 'IPV6_RECVPATHMTU is 0 at first and reads back as it was set.',
    covers: ['11.3-01'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      expect(socket.getInt('receive-path-mtu')).toBe(0);
      for (const value of [1, 0]) {
        socket.setInt('receive-path-mtu', value);
        expect(socket.getInt('receive-path-mtu')).toBe(value);
      }
    },
  },
  {
    id: 'no-indication-unless-asked-for',
    says: 'Without IPV6_RECVPATHMTU, at first and after it was turned off, there is no indication.',
    covers: ['11.3-01'],
    needs,
    check(lab) {
      const off = asking(lab);
      off.disable('receive-path-mtu');
      for (const socket of [lab.host.rawIcmpv6(), off]) {
        sendTooBig(socket, lab.peer.address);
        expect(infoOf(indications(socket))).toEqual([]);
      }
    },
  },
  {
    id: 'no-indication-for-what-fits',
    says: 'A packet that fits, or that is fragmented, brings no indication.',
    covers: ['11.3-03'],
    needs,
    check(lab) {
      const socket = asking(lab);
      socket.sendTo(LARGE, lab.peer.address);
      sendWith('ancillary', [ancillary.dontFragment(1)], socket, SMALL, lab.peer.address);
      expect(infoOf(indications(socket))).toEqual([]);
    },
  },
  ...WAYS.map((way): Rule => ({
    id: `sender-is-told-with-${way}-option`,
    says: `A send that IPV6_DONTFRAG (${way}) discards for the link's MTU brings an indication to its socket.`,
    covers: ['11.3-01', '11.3-03'],
    needs,
    check(lab) {
      const socket = asking(lab);
      outcomeOf(() => {
        sendWith(way, [ancillary.dontFragment(1)], socket, LARGE, lab.peer.address);
      });
      expect(infoOf(indications(socket))).toEqual([
        { address: lab.peer.address, scope: 0, mtu: lab.wire.mtu },
      ]);
    },
  })),
  {
    id: 'indication-is-an-empty-message',
    says: 'An indication is a message without data whose IPV6_PATHMTU object has the size of ip6_mtuinfo.',
    covers: ['11.3-02'],
    needs,
    check(lab) {
      const socket = asking(lab);
      sendTooBig(socket, lab.peer.address);
      const found = indications(socket).map(({ length, ancillary: { kinds }, ancillary: objects }) => ({
        length,
        kinds,
        bytes: objects.all('path-mtu').map((data) => data.length),
      }));
      expect(found).toEqual([{ length: 0, kinds: ['path-mtu'], bytes: [32] }]);
    },
  },
  {
    id: 'indication-names-the-zone',
    says: 'The destination in an indication includes the zone of a link-local address.',
    covers: ['11.3-07'],
    needs,
    check(lab) {
      const socket = asking(lab);
      const scope = lab.host.interface.index;
      sendTooBig(socket, { address: lab.peer.linkLocal, scope });
      expect(infoOf(indications(socket))).toEqual([
        { address: lab.peer.linkLocal, scope, mtu: lab.wire.mtu },
      ]);
    },
  },
  {
    id: 'connected-sender-is-told',
    says: 'A connected socket gets the indication for its own destination.',
    covers: ['11.3-03', '11.3-07'],
    needs,
    check(lab) {
      const socket = asking(lab);
      socket.connect(lab.peer.secondAddress);
      sendTooBig(socket, undefined);
      expect(infoOf(indications(socket))).toEqual([
        { address: lab.peer.secondAddress, scope: 0, mtu: lab.wire.mtu },
      ]);
    },
  },
  {
    id: 'packet-too-big-is-indicated',
    says: 'When the node receives a Packet Too Big, a socket that asked gets an indication with its MTU.',
    covers: ['11.3-04'],
    needs,
    async check(lab) {
      const socket = asking(lab);
      await reportTooBig(lab, socket, '2001:db8:113:4::1');
      expect(infoOf(indications(socket))).toEqual([
        { address: '2001:db8:113:4::1', scope: 0, mtu: ROUTER_MTU },
      ]);
    },
  },
  {
    id: 'packet-too-big-shrinks-fragments',
    says: 'After a Packet Too Big what is too big for its MTU goes out in fragments that are not.',
    covers: ['11.2-01'],
    needs,
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      await reportTooBig(lab, socket, '2001:db8:113:5::1');
      socket.settled();
      const packets = await lab.wire.capture(() => socket.sendTo(SMALL, '2001:db8:113:5::1'));
      const lengths = packets.map(({ bytes }) => bytes.length);
      expect(lengths.length).toBe(2);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(ROUTER_MTU);
    },
  },
  {
    id: 'buffered-messages-come-first',
    says: 'Messages that were buffered before the indication are received before it.',
    covers: ['11.3-05'],
    needs,
    check(lab) {
      const socket = asking(lab);
      const witness = lab.host.rawIcmpv6();
      lab.peer.send({ type: PROBE, body: Buffer.alloc(4) }, lab.host.address);
      witness.next({ type: PROBE });
      sendTooBig(socket, lab.peer.address);
      const order = socket.settled().map((each) => (isIndication(each) ? 'indication' : 'message'));
      expect(order).toEqual(['message', 'indication']);
    },
  },
  {
    id: 'every-socket-is-told-of-a-send',
    says: 'Every socket that asked gets the indication of a send that was discarded, not only the one that sent.',
    covers: ['11.3-08'],
    needs,
    check(lab) {
      const other = asking(lab);
      sendTooBig(asking(lab), lab.peer.address);
      expect(infoOf(indications(other))).toEqual([
        { address: lab.peer.address, scope: 0, mtu: lab.wire.mtu },
      ]);
    },
  },
  {
    id: 'every-socket-is-told-of-a-packet-too-big',
    says: 'Every socket that asked gets the indication of a Packet Too Big, whichever socket sent the packet.',
    covers: ['11.3-08', '11.3-04'],
    needs,
    async check(lab) {
      const others = [asking(lab), asking(lab)];
      await reportTooBig(lab, lab.host.rawIcmpv6(), '2001:db8:113:8::1');
      const info = { address: '2001:db8:113:8::1', scope: 0, mtu: ROUTER_MTU };
      expect(others.map((socket) => infoOf(indications(socket)))).toEqual([[info], [info]]);
    },
  },
  {
    id: 'destination-behind-a-route',
    says: 'Which address an indication names when the packet had a routing header: the final destination, or the first node.',
    covers: ['11.3-10'],
    needs,
    check(lab) {
      const socket = asking(lab);
      const addresses = [lab.peer.address, lab.peer.secondAddress];
      const route = encodeRouting({ type: ROUTING_TYPE.segment, addresses });
      socket.setSticky(ancillary.routingHeader(route));
      socket.setInt('dont-fragment', 1);
      outcomeOf(() => socket.sendTo(LARGE, lab.peer.address));
      const [named] = indications(socket).map((each) => each.ancillary.pathMtu?.address);
      return named === lab.peer.address ? 'the final destination' : (named ?? 'no indication');
    },
  },
  {
    id: 'readiness-and-peeking',
    says: 'Whether an indication makes the socket readable, and stays when it is only looked at.',
    covers: ['11.3-06'],
    needs,
    check(lab) {
      const socket = asking(lab);
      sendTooBig(socket, lab.peer.address);
      const readable = socket.ready.readable ? 'readable' : 'not readable';
      socket.receive({}, ['peek']);
      return `${readable}, ${indications(socket).length === 0 ? 'gone' : 'still there'} after a look`;
    },
  },
  {
    id: 'connected-socket-and-other-destinations',
    says: 'Whether a connected socket gets indications for other destinations than its own.',
    covers: ['11.3-09'],
    needs,
    async check(lab) {
      const socket = asking(lab);
      socket.connect(lab.peer.address);
      await reportTooBig(lab, lab.host.rawIcmpv6(), '2001:db8:113:9::1');
      return indications(socket).length === 0 ? 'it gets none' : 'it gets them';
    },
  },
]);
