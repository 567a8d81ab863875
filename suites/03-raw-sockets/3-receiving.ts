import {
  checksum,
  encodeIcmpv6,
  encodePacket,
  expect,
  fragment,
  message,
  parseAddress,
  ROUTING_TYPE,
  type Laboratory,
  type PacketFields,
  type Rule,
} from '../../harness';

const PROBE = 200;
const OTHER = 201;
const RAW = 255;

const needs: Rule['needs'] = ['raw-icmpv6', 'link', 'peer'];

const yes = (value: boolean): string => (value ? 'yes' : 'no');

const CHAINS: Readonly<Record<string, NonNullable<PacketFields['extensions']>>> = {
  'hop-by-hop-options': [{ kind: 'hop-by-hop' }],
  'destination-options': [{ kind: 'destination', options: [{ type: 0x1e, data: Buffer.alloc(12) }] }],
  'a-routing-header': [{ kind: 'routing', type: 253, segmentsLeft: 0, data: Buffer.alloc(4) }],
  'a-lone-fragment-header': [{ kind: 'fragment', identification: 7 }],
  'four-headers': [
    { kind: 'hop-by-hop' },
    { kind: 'destination' },
    { kind: 'routing', type: ROUTING_TYPE.source, segmentsLeft: 0, addresses: ['2001:db8::1'] },
    { kind: 'destination', options: [{ type: 0x1e, data: Buffer.alloc(20) }] },
  ],
};

/** Fragments of one message to the host, and the message. */
function fragmented(
  { host, peer, random }: Laboratory,
  identification: number,
): { message: Buffer; fragments: Buffer[] } {
  const bytes = encodeIcmpv6({ type: PROBE, body: random.bytes(2996) }, peer.address, host.address);
  const whole = encodePacket({
    source: peer.address,
    destination: host.address,
    protocol: 58,
    payload: bytes,
  });
  return { message: bytes, fragments: fragment(whole, 1280, identification) };
}

/** What a raw socket gets. */
export const receiving: readonly Rule[] = [
  {
    id: 'receives-bytes-as-they-are',
    says: 'A reader gets the bytes of a message in the order in which they crossed: the kernel swaps none.',
    covers: ['3-01'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const sent = { type: PROBE, code: 1, body: Buffer.from('0102030405060708f1f2f3f4f5f6f7f8', 'hex') };
      peer.send(sent, host.address);
      expect(socket).toReceive({ data: encodeIcmpv6(sent, peer.address, host.address) });
    },
  },
  ...Object.entries(CHAINS).map(([slug, extensions]): Rule => ({
    id: `receives-a-message-behind-${slug}`,
    says: `A reader gets the message alone, without the extension headers in front of it: ${slug.replaceAll('-', ' ')}.`,
    covers: ['3-02'],
    needs,
    check({ host, peer, random }) {
      const socket = host.rawIcmpv6();
      const sent = { type: PROBE, body: random.bytes(16) };
      peer.send(sent, host.address, { extensions });
      expect(socket).toReceive({ data: encodeIcmpv6(sent, peer.address, host.address) });
    },
  })),
  {
    id: 'available-header-fields',
    says: 'Which ancillary data a reader gets who asks for all of them.',
    covers: ['3-05'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable(
        'receive-packet-info',
        'receive-hop-limit',
        'receive-traffic-class',
        'receive-hop-by-hop-options',
        'receive-destination-options',
        'receive-routing-header',
      );
      peer.send({ type: PROBE }, host.address, { extensions: CHAINS['four-headers'] ?? [] });
      return socket.next({ type: PROBE }).ancillary.kinds.toSorted().join(', ');
    },
  },
  {
    id: 'reassembles-fragments',
    says: 'Fragments reach a reader as the one message that they make.',
    covers: ['3-08'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      const { message: whole, fragments } = fragmented(lab, 0x3542_0101);
      for (const each of fragments) lab.peer.inject(each);
      expect(socket).toReceive({ data: whole });
    },
  },
  {
    id: 'reassembles-fragments-in-any-order',
    says: 'Fragments that arrive last first reach a reader as the one message that they make.',
    covers: ['3-08'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      const { message: whole, fragments } = fragmented(lab, 0x3542_0102);
      for (const each of fragments.toReversed()) lab.peer.inject(each);
      expect(socket).toReceive({ data: whole });
    },
  },
  {
    id: 'withholds-a-part-of-a-message',
    says: 'A reader gets nothing of a message of which a fragment is missing.',
    covers: ['3-08'],
    needs,
    check({ host, peer, random }) {
      const socket = host.rawIcmpv6();
      // With a rest that adds nothing to the sum, the first fragment alone would pass for a message.
      const rest = random.bytes(64);
      rest.writeUInt16BE(0, 0);
      rest.writeUInt16BE(checksum(parseAddress('::'), parseAddress('::'), 0, rest), 0);
      const first = encodeIcmpv6({ type: PROBE, body: random.bytes(1228) }, peer.address, host.address);
      const payload = Buffer.concat([first, rest]);
      const whole = encodePacket({ source: peer.address, destination: host.address, protocol: 58, payload });
      for (const each of fragment(whole, 1280, 0x3542_0103).slice(0, 1)) peer.inject(each);
      peer.send({ type: OTHER }, host.address);
      expect(socket).toReceiveTypes([OTHER]);
    },
  },
  {
    id: 'is-a-raw-socket-of-icmpv6',
    says: 'socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6) gives a raw socket of that protocol.',
    covers: ['3-09'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      expect(socket.getInt('type')).toBe(3);
      expect(socket.getInt('protocol')).toBe(58);
    },
  },
  {
    id: 'opening-needs-privilege',
    says: 'A process without privileges cannot open a raw ICMPv6 socket.',
    covers: ['3-09'],
    needs: ['raw-icmpv6', 'drop-privilege'],
    check({ host }) {
      host.unprivileged(() => {
        expect(() => host.rawIcmpv6()).toFail();
      });
    },
  },
  {
    id: 'protocol-255-receives',
    says: 'IPPROTO_RAW means nothing special: such a socket receives the payload of packets with next header 255.',
    covers: ['3-10'],
    needs,
    check({ host, peer }) {
      const socket = host.raw(RAW);
      const payload = Buffer.from('0001020304050607', 'hex');
      peer.inject(encodePacket({ source: peer.address, destination: host.address, protocol: RAW, payload }));
      expect(socket).toReceive({ data: payload });
    },
  },
  {
    id: 'every-socket-gets-a-copy',
    says: 'How many of three raw ICMPv6 sockets get a message.',
    covers: ['3-11'],
    needs,
    check({ host, peer }) {
      const sockets = [host.rawIcmpv6(), host.rawIcmpv6(), host.rawIcmpv6()];
      peer.send({ type: PROBE, body: Buffer.alloc(8, 1) }, host.address);
      return String(
        sockets.filter((socket) => socket.settled().some(({ data }) => data.length === 12)).length,
      );
    },
  },
  {
    id: 'bind-selects-the-destination',
    says: 'What a socket that is bound to one address of the host receives.',
    covers: ['3-11'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.bind(host.secondAddress);
      peer.send({ type: PROBE }, host.secondAddress);
      peer.send({ type: OTHER }, host.address);
      peer.send({ type: 100 }, 'ff02::1');
      const types = socket.settled().map(({ type }) => type ?? -1);
      return `to that address: ${yes(types.includes(PROBE))}, to another: ${yes(types.includes(OTHER))}, to a group: ${yes(types.includes(100))}`;
    },
  },
  {
    id: 'connect-selects-the-source',
    says: 'What a connected socket receives, and what it receives after its association was dissolved.',
    covers: ['3-11'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.connect(peer.secondAddress);
      peer.send({ type: PROBE }, host.address, { source: peer.secondAddress });
      peer.send({ type: OTHER }, host.address);
      const types = socket.settled().map(({ type }) => type);
      socket.disconnect();
      peer.send({ type: 100 }, host.address);
      const after = socket.settled().some(({ type }) => type === 100);
      return `from its peer: ${yes(types.includes(PROBE))}, from another: ${yes(types.includes(OTHER))}, afterwards: ${yes(after)}`;
    },
  },
  {
    id: 'senders-address',
    says: 'What port and scope the address of a sender has, from a global and from a link-local one.',
    covers: ['3-12'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      peer.send({ type: PROBE }, host.address);
      peer.send({ type: OTHER }, host.linkLocal, { source: peer.linkLocal });
      const global = socket.next({ type: PROBE, from: peer.address }).from;
      const local = socket.next({ type: OTHER, from: peer.linkLocal }).from;
      const scope = local?.scope === host.interface.index ? 'its interface' : String(local?.scope);
      return `port ${String(global?.port)}, scope ${String(global?.scope)}; port ${String(local?.port)}, scope ${scope}`;
    },
  },
  {
    id: 'a-message-larger-than-the-buffer',
    says: 'What reading into a buffer that is too small gives: a flag, the length where it is asked for, and the rest.',
    covers: ['3-11'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      for (let times = 0; times < 2; times += 1)
        peer.send({ type: PROBE, body: Buffer.alloc(60) }, host.address);
      host.rawIcmpv6().settled();
      const plain = socket.receive({ data: 8 });
      const full = socket.receive({ data: 8 }, ['truncate']);
      const flag = plain?.truncated === true ? 'with the flag' : 'without the flag';
      return `${String(plain?.length)} bytes ${flag}, ${String(full?.length)} when asked, then ${socket.receive() === undefined ? 'nothing' : 'more'}`;
    },
  },
  {
    id: 'a-full-queue',
    says: 'Which messages are kept when more arrive than the receive buffer holds.',
    covers: ['3-11'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.setInt('receive-buffer', 4096);
      for (let code = 0; code < 100; code += 1)
        peer.send({ type: PROBE, code, body: Buffer.alloc(400) }, host.address);
      const codes = socket.settled().map(({ code }) => code ?? -1);
      const inOrder = codes.every((code, index) => code === index);
      return codes.length === 100 ? 'all' : inOrder ? 'the oldest' : 'others than the oldest';
    },
  },
  {
    id: 'readiness',
    says: 'What poll says of a new socket, and of one with a message.',
    covers: ['3-11'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const say = (): string =>
        `readable ${yes(socket.ready.readable)}, writable ${yes(socket.ready.writable)}`;
      const before = say();
      peer.send({ type: PROBE }, host.address);
      host.rawIcmpv6().settled();
      return `${before}; then ${say()}`;
    },
  },
  {
    id: 'a-socket-hears-itself',
    says: 'Whether a socket that sends to the loopback address gets its own message.',
    covers: ['3-11'],
    needs: ['raw-icmpv6', 'link'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      socket.sendTo(message({ type: PROBE, body: Buffer.alloc(8) }), '::1');
      return yes(socket.settled().some(({ type }) => type === PROBE));
    },
  },
];
