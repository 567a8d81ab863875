import {
  echo,
  encodePacket,
  errorBody,
  expect,
  ICMPV6,
  message,
  packetTooBig,
  parameterProblem,
  section,
  type Laboratory,
  type Packet,
  type PacketFields,
  type Rule,
} from '../../harness';
import { rateLimit } from './rfc4443-2.4f';

const PROBE = 200;
const OSPF = 89;
/** A next header that no host knows. */
const UNKNOWN = 200;
/** Bytes: an error message may be no larger than the minimum MTU (RFC 4443 §2.4). */
const MINIMUM_MTU = 1280;

const needs: Rule['needs'] = ['raw-icmpv6', 'link', 'peer'];

/** What the host puts on the wire because of one packet of the peer. */
function answersTo(
  { host, peer, wire }: Laboratory,
  packet: Partial<PacketFields>,
): Promise<readonly Packet[]> {
  const bytes = encodePacket({ source: peer.address, destination: host.address, ...packet });
  const clock = host.rawIcmpv6();
  return wire.capture(() => {
    peer.inject(bytes);
    clock.settled();
  });
}

function typesOf(packets: readonly Packet[]): string {
  return packets.map(({ icmpv6 }) => String(icmpv6?.type)).join(', ');
}

/** A packet of the host to an address of its own for each rule, so that what the kernel learns of a path stays there. */
function sent({ host, wire }: Laboratory, to: string, protocol = 58): Promise<Packet> {
  const socket = host.raw(protocol);
  return wire.captureOne(() => socket.sendTo(message({ type: PROBE, body: Buffer.alloc(8) }), to));
}

export const addresses = section('rfc4443-2.2', 'Message Source Address Determination', [
  {
    id: 'answers-from-the-address-asked',
    says: 'The answer to a message to a unicast address comes from that address.',
    covers: ['rfc4443-2.2-01'],
    needs,
    async check(lab) {
      for (const destination of [lab.host.secondAddress, lab.host.address]) {
        const [answer] = await answersTo(lab, { destination, icmpv6: { type: 128, body: echo(1, 1) } });
        expect(answer?.ipv6.source).toBe(destination);
      }
    },
  },
  {
    id: 'answers-a-group-from-a-unicast-address',
    says: 'The answer to a message to a group comes from a unicast address of the host.',
    covers: ['rfc4443-2.2-02'],
    needs,
    async check(lab) {
      const [answer] = await answersTo(lab, {
        destination: 'ff02::1',
        icmpv6: { type: 128, body: echo(1, 1) },
      });
      expect([lab.host.address, lab.host.linkLocal]).toContain(answer?.ipv6.source);
    },
  },
]);

export const processing = section('rfc4443-2.4', 'Message Processing Rules', [
  {
    id: 'unknown-errors-are-passed-on',
    says: 'An error of an unknown type is passed to the process whose packet it is about.',
    covers: ['rfc4443-2.4a-01'],
    needs,
    async check(lab) {
      const { host, peer } = lab;
      const socket = host.rawIcmpv6();
      const { bytes } = await sent(lab, '2001:db8:3542:24::1');
      for (const type of [100, 101, 127]) peer.send({ type, body: errorBody(bytes) }, host.address);
      expect(socket).toReceiveTypes([100, 101, 127]);
    },
  },
  {
    id: 'unknown-information-is-not-answered',
    says: 'An informational message of an unknown type is answered by nothing.',
    covers: ['rfc4443-2.4b-01'],
    needs,
    async check(lab) {
      for (const type of [199, 200, 201, 255]) {
        expect(typesOf(await answersTo(lab, { icmpv6: { type, body: Buffer.alloc(8) } }))).toBe('');
      }
    },
  },
  {
    id: 'errors-quote-what-fits',
    says: 'An error holds as much of the packet that it is about as fits into 1280 bytes.',
    covers: ['rfc4443-2.4c-01'],
    needs,
    async check(lab) {
      const payload = lab.random.bytes(1400);
      const [error] = await answersTo(lab, { protocol: UNKNOWN, payload });
      expect(error?.bytes.length).toBe(MINIMUM_MTU);
      const quoted = error?.icmpv6?.body.subarray(4 + 40) ?? Buffer.alloc(0);
      expect(quoted.toString('hex')).toBe(payload.subarray(0, quoted.length).toString('hex'));
    },
  },
  {
    id: 'the-inner-protocol-selects-the-process',
    says: 'An error goes to the process of the protocol that its inner packet names, and not to those of others.',
    covers: ['rfc4443-2.4d-01'],
    needs,
    async check(lab) {
      const { host, peer } = lab;
      const to = '2001:db8:3542:25::1';
      const [ospf, icmpv6] = [host.raw(OSPF), host.rawIcmpv6()];
      ospf.connect(to);
      icmpv6.connect(to);
      const { bytes } = await sent(lab, to, OSPF);
      peer.send({ type: ICMPV6.destinationUnreachable, code: 4, body: errorBody(bytes) }, host.address);
      host.rawIcmpv6().settled();
      const told = [icmpv6, ospf].map(({ pendingError }) => pendingError !== 0);
      expect(told).toEqual([false, true]);
    },
  },
  ...(
    [
      [
        'an-error',
        {
          extensions: [{ kind: 'destination', options: [{ type: 0x9e, data: Buffer.alloc(4) }] }],
          icmpv6: { type: 1, body: errorBody(Buffer.alloc(48)) },
        },
      ],
      ['a-group', { destination: 'ff02::1', protocol: UNKNOWN, payload: Buffer.alloc(8) }],
      ['an-unspecified-source', { source: '::', protocol: UNKNOWN, payload: Buffer.alloc(8) }],
    ] as const
  ).map(([slug, packet]): Rule => ({
    id: `no-error-about-${slug}`,
    says: `No error is sent because of a faulty packet that is, comes from or goes to: ${slug.replaceAll('-', ' ')}.`,
    covers: ['rfc4443-2.4e-01'],
    needs,
    async check(lab) {
      expect(typesOf(await answersTo(lab, packet))).toBe('');
    },
  })),
  rateLimit,
  {
    id: 'an-error-about-a-faulty-packet',
    says: 'A packet with an unknown next header is answered by a Parameter Problem that points at it.',
    covers: ['rfc4443-3.4-01'],
    needs,
    async check(lab) {
      const [error] = await answersTo(lab, { protocol: UNKNOWN, payload: Buffer.alloc(8) });
      expect(error?.icmpv6?.code).toBe(1);
      expect(error?.icmpv6?.body.readUInt32BE(0)).toBe(6);
    },
  },
]);

const ERRORS = [
  {
    number: '3.1',
    title: 'Destination Unreachable Message',
    type: 1,
    codes: [0, 1, 2, 3, 4, 5, 6],
    body: errorBody,
  },
  {
    number: '3.2',
    title: 'Packet Too Big Message',
    type: 2,
    codes: [0, 7],
    body: (offender: Buffer) => packetTooBig(1400, offender),
  },
  { number: '3.3', title: 'Time Exceeded Message', type: 3, codes: [0, 1], body: errorBody },
  {
    number: '3.4',
    title: 'Parameter Problem Message',
    type: 4,
    codes: [0, 1, 2],
    body: (offender: Buffer) => parameterProblem(40, offender),
  },
] as const;

export const errors = ERRORS.map(({ number, title, type, codes, body }) =>
  section(`rfc4443-${number}`, title, [
    {
      id: 'is-passed-up',
      says: `A ${title.replace(' Message', '')} is passed to a raw ICMPv6 socket byte for byte, with every code.`,
      covers: [`rfc4443-${number}-01`],
      needs,
      async check(lab) {
        const { host, peer } = lab;
        const socket = host.rawIcmpv6();
        const { bytes } = await sent(lab, `2001:db8:3542:3${String(type)}::1`);
        for (const code of codes) peer.send({ type, code, body: body(bytes) }, host.address);
        const messages = socket.settled();
        expect(messages.map(({ code }) => code)).toEqual(codes);
        for (const { data } of messages)
          expect(data.subarray(4).toString('hex')).toBe(body(bytes).toString('hex'));
      },
    },
  ]),
);

export const echoRequest = section('rfc4443-4.1', 'Echo Request Message', [
  {
    id: 'is-answered',
    says: 'The host answers an echo request.',
    covers: ['rfc4443-4.1-01'],
    needs,
    async check(lab) {
      expect(typesOf(await answersTo(lab, { icmpv6: { type: 128, body: echo(1, 1) } }))).toBe('129');
    },
  },
  {
    id: 'is-passed-to-processes',
    says: 'Whether an echo request is passed to a raw ICMPv6 socket.',
    covers: ['rfc4443-4.1-02'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      peer.send({ type: 128, body: echo(2, 1) }, host.address);
      return socket.settled().length === 1 ? 'passed' : 'not passed';
    },
  },
]);

export const echoReply = section('rfc4443-4.2', 'Echo Reply Message', [
  {
    id: 'returns-what-was-asked',
    says: 'An echo reply holds the identifier, the sequence number and the data of the request unchanged.',
    covers: ['rfc4443-4.2-01'],
    needs,
    async check(lab) {
      for (const length of [0, 1, 8, 1000, 1400]) {
        const body = echo(
          lab.random.integer(0, 65_536),
          lab.random.integer(0, 65_536),
          lab.random.bytes(length),
        );
        const [reply] = await answersTo(lab, { icmpv6: { type: 128, body } });
        expect(reply?.icmpv6?.body.toString('hex')).toBe(body.toString('hex'));
        if (reply !== undefined) expect(reply).toCarryItsChecksum();
      }
    },
  },
  {
    id: 'reaches-the-process-that-asked',
    says: 'An echo reply reaches the process that sent the request.',
    covers: ['rfc4443-4.2-02'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const body = echo(0x3542, 7, Buffer.from('3542', 'hex'));
      socket.sendTo(message({ type: 128, body }), peer.address);
      peer.send({ type: 129, body }, host.address);
      expect(socket).toReceiveTypes([129]);
    },
  },
  {
    id: 'reaches-other-processes',
    says: 'Whether an echo reply reaches a raw ICMPv6 socket of a process that sent no request.',
    covers: ['rfc4443-4.2-03'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      peer.send({ type: 129, body: echo(0x3542, 8) }, host.address);
      return socket.settled().length === 1 ? 'reaches it' : 'does not reach it';
    },
  },
]);
