import {
  echo,
  errorBody,
  expect,
  Icmp6Filter,
  ICMPV6,
  message,
  packetTooBig,
  parseAddress,
  type Laboratory,
  type Rule,
} from '../../harness';

const BLOCKED = 200;
const PASSED = 201;
const OTHER = 100;
const CODES = Array.from({ length: 256 }, (_, code) => code);
/** Bytes: room for 256 small messages, whatever a system takes for each. */
const QUEUE = 1 << 20;
/** A body that no type's own rules find too short, and that gives the kernel nothing to act on. */
const BODY = Buffer.alloc(24);

const needs: Rule['needs'] = ['raw-icmpv6', 'link', 'peer'];

/** Puts one message of each type on the wire, with a hop limit that keeps the kernel from acting on neighbor discovery. */
function sendEach({ host, peer }: Laboratory, types: readonly number[]): void {
  for (const type of types) peer.send({ type, body: BODY }, host.address, { hopLimit: 64 });
}

/** What a socket gets of the messages that the filter lets through. */
export const filteredMessages: readonly Rule[] = [
  {
    id: 'setblock-blocks-only-that-type',
    says: 'Blocking one type withholds messages of that type and of no other.',
    covers: ['3.2-08'],
    needs,
    check(lab) {
      const filtered = lab.host.rawIcmpv6();
      const witness = lab.host.rawIcmpv6();
      filtered.setFilter(Icmp6Filter.passAll().block(BLOCKED));
      sendEach(lab, [OTHER, BLOCKED, PASSED]);
      expect(witness).toReceiveTypes([OTHER, BLOCKED, PASSED]);
      expect(filtered).toReceiveTypes([OTHER, PASSED]);
    },
  },
  {
    id: 'setpass-passes-only-that-type',
    says: 'Passing one type where all are blocked delivers messages of that type and of no other.',
    covers: ['3.2-07'],
    needs,
    check(lab) {
      const filtered = lab.host.rawIcmpv6();
      filtered.setFilter(Icmp6Filter.blockAll().pass(PASSED));
      sendEach(lab, [OTHER, BLOCKED, PASSED]);
      expect(filtered).toReceiveTypes([PASSED]);
    },
  },
  {
    id: 'router-advertisements-alone',
    says: 'A program that blocks all and passes router advertisements receives those alone.',
    covers: ['3.2-14'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.blockAll().pass(ICMPV6.routerAdvertisement));
      sendEach(lab, [133, 134, 135, 136, 137, 128, 129, 1, 200]);
      expect(socket).toReceiveTypes([ICMPV6.routerAdvertisement]);
    },
  },
  {
    id: 'no-code-passes-a-blocked-type',
    says: 'The filter looks at the type: a blocked one is withheld with every code.',
    covers: ['3.2-15'],
    needs,
    check(lab) {
      const { host, peer } = lab;
      const socket = host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.passAll().block(BLOCKED));
      for (const code of CODES) peer.send({ type: BLOCKED, code, body: BODY }, host.address);
      sendEach(lab, [PASSED]);
      expect(socket).toReceiveTypes([PASSED]);
    },
  },
  {
    id: 'no-code-blocks-a-passing-type',
    says: 'The filter looks at the type: a passing one is delivered with every code.',
    covers: ['3.2-15'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.setInt('receive-buffer', QUEUE);
      socket.setFilter(Icmp6Filter.blockAll().pass(PASSED));
      for (const code of CODES) peer.send({ type: PASSED, code, body: BODY }, host.address);
      expect(socket.settled().map(({ code }) => code)).toEqual(CODES);
    },
  },
  {
    id: 'contents-do-not-matter',
    says: 'The filter looks at the type: neither length nor content of a message changes what it does.',
    covers: ['3.2-15'],
    needs,
    check({ host, peer, random }) {
      const socket = host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.blockAll().pass(PASSED));
      const lengths = [4, 5, 8, 40, 1001, 1456];
      for (const length of lengths) {
        peer.send({ type: BLOCKED, body: Buffer.alloc(length, PASSED) }, host.address);
        peer.send({ type: PASSED, body: random.bytes(length) }, host.address);
      }
      expect(socket).toReceiveTypes(lengths.map(() => PASSED));
    },
  },
  {
    id: 'sockets-filter-for-themselves',
    says: 'Each socket has a filter of its own: what one blocks, the others still receive.',
    covers: ['3.2-01'],
    needs,
    check(lab) {
      const [open, first, second] = [lab.host.rawIcmpv6(), lab.host.rawIcmpv6(), lab.host.rawIcmpv6()];
      first.setFilter(Icmp6Filter.passAll().block(BLOCKED));
      second.setFilter(Icmp6Filter.passAll().block(PASSED));
      sendEach(lab, [BLOCKED, PASSED]);
      expect(open).toReceiveTypes([BLOCKED, PASSED]);
      expect(first).toReceiveTypes([PASSED]);
      expect(second).toReceiveTypes([BLOCKED]);
    },
  },
  {
    id: 'the-last-filter-counts',
    says: 'A filter replaces the one before: nothing of the old one stays.',
    covers: ['3.2-18', '3.2-09'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.passAll().block(BLOCKED));
      socket.setFilter(Icmp6Filter.passAll().block(PASSED));
      sendEach(lab, [OTHER, BLOCKED, PASSED]);
      expect(socket).toReceiveTypes([OTHER, BLOCKED]);
    },
  },
  {
    id: 'zero-length-lets-messages-in-again',
    says: 'After the filter was removed by setting it with length zero, messages are delivered again.',
    covers: ['3.2-16'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.blockAll());
      socket.clearSticky('icmp6-filter');
      sendEach(lab, [PASSED]);
      expect(socket).toReceiveTypes([PASSED]);
    },
  },
  {
    id: 'queued-messages',
    says: 'What becomes of messages that were queued, or blocked, before the filter was changed.',
    covers: ['3.2-25'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.passAll().block(BLOCKED));
      sendEach(lab, [PASSED, BLOCKED]);
      // A second socket waits for the arrival, so that the first one's queue is not read.
      lab.host.rawIcmpv6().settled();
      socket.setFilter(Icmp6Filter.passAll().block(PASSED));
      const types = socket.received.map(({ type }) => type);
      const queued = types.includes(PASSED) ? 'stays readable' : 'is withheld';
      const blocked = types.includes(BLOCKED) ? 'is delivered after all' : 'is gone';
      return `a queued message ${queued}, a blocked one ${blocked}`;
    },
  },
  {
    id: 'sending-is-not-filtered',
    says: 'The filter is for what is received: a socket that blocks every type sends any.',
    covers: ['3.2-06'],
    needs: ['raw-icmpv6', 'wire'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.blockAll());
      const packet = await wire.captureOne(() =>
        socket.sendTo(message({ type: BLOCKED, body: BODY }), peer.address),
      );
      expect(packet).toBePacket({ type: BLOCKED, body: BODY });
    },
  },
  {
    id: 'a-blocked-echo-request-is-answered',
    says: 'Whether the kernel answers an echo request that every socket blocks.',
    covers: ['3.2-26'],
    needs,
    async check({ host, peer, wire }) {
      host.rawIcmpv6().setFilter(Icmp6Filter.blockAll());
      const answers = await wire.capture(() => {
        peer.send({ type: ICMPV6.echoRequest, body: echo(1, 1) }, host.address);
        host.rawIcmpv6().settled();
      });
      return answers.some(({ icmpv6 }) => icmpv6?.type === ICMPV6.echoReply) ? 'answered' : 'not answered';
    },
  },
  {
    id: 'a-blocked-neighbor-solicitation-is-answered',
    says: 'Whether the kernel answers a neighbor solicitation that every socket blocks.',
    covers: ['3.2-26'],
    needs,
    async check({ host, peer, wire }) {
      host.rawIcmpv6().setFilter(Icmp6Filter.blockAll());
      const body = Buffer.concat([Buffer.alloc(4), parseAddress(host.address)]);
      const answers = await wire.capture(() => {
        peer.send({ type: ICMPV6.neighborSolicitation, body }, host.address);
        host.rawIcmpv6().settled();
      });
      const answered = answers.some(({ icmpv6 }) => icmpv6?.type === ICMPV6.neighborAdvertisement);
      return answered ? 'answered' : 'not answered';
    },
  },
  {
    id: 'what-the-kernel-handles-itself',
    says: 'Which of the messages that the kernel handles itself a raw socket receives too: echo, multicast listeners, neighbor discovery.',
    covers: ['3.2-27'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      const types = [128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 143];
      sendEach(lab, types);
      const seen = new Set(socket.settled().map(({ type }) => type));
      return `receives ${types.filter((type) => seen.has(type)).join(', ')}`;
    },
  },
  {
    id: 'errors-are-filtered-by-their-type',
    says: 'The filter holds for ICMPv6 errors about messages of this very socket too.',
    covers: ['3.2-08'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const to = '2001:db8:3542:32::1';
      const { bytes } = await wire.captureOne(() => socket.sendTo(message({ type: PASSED, body: BODY }), to));
      socket.setFilter(Icmp6Filter.passAll().block(ICMPV6.timeExceeded));
      peer.send({ type: ICMPV6.timeExceeded, body: errorBody(bytes) }, host.address);
      peer.send({ type: ICMPV6.destinationUnreachable, body: errorBody(bytes) }, host.address);
      peer.send({ type: ICMPV6.packetTooBig, body: packetTooBig(1400, bytes) }, host.address);
      expect(socket).toReceiveTypes([ICMPV6.destinationUnreachable, ICMPV6.packetTooBig]);
    },
  },
  {
    id: 'loopback-is-filtered-too',
    says: 'The filter holds for messages that the host sends to itself.',
    covers: ['3.2-08'],
    needs,
    check({ host }) {
      const [sender, filtered] = [host.rawIcmpv6(), host.rawIcmpv6()];
      filtered.setFilter(Icmp6Filter.passAll().block(BLOCKED));
      for (const type of [BLOCKED, PASSED]) sender.sendTo(message({ type, body: BODY }), '::1');
      expect(sender).toReceiveTypes([BLOCKED, PASSED]);
      expect(filtered).toReceiveTypes([PASSED]);
    },
  },
];
