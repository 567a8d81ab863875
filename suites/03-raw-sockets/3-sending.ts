import {
  ancillary,
  encodePacket,
  encodeDestinationOptions,
  encodeHopByHop,
  expect,
  message,
  outcomeOf,
  reassemble,
  type Rule,
} from '../../harness';

const PROBE = 200;
/** OSPF for IPv6 (RFC 5340): the other raw socket that RFC 3542 §3 names. */
const OSPF = 89;
const RAW = 255;
/** Bytes: all that the payload length of an IPv6 header can say. */
const LARGEST = 65_535;

const needs: Rule['needs'] = ['raw-icmpv6', 'wire'];

/** What a raw socket puts on the wire. */
export const sending: readonly Rule[] = [
  {
    id: 'sends-bytes-as-they-are',
    says: 'What a program writes crosses in the order of its bytes: the kernel swaps none.',
    covers: ['3-01'],
    needs,
    async check({ host, peer, wire }) {
      const body = Buffer.from('0102030405060708f1f2f3f4f5f6f7f8', 'hex');
      const socket = host.rawIcmpv6();
      const packet = await wire.captureOne(() =>
        socket.sendTo(message({ type: PROBE, code: 1, body }), peer.address),
      );
      expect(packet).toBePacket({ type: PROBE, code: 1, body });
    },
  },
  {
    id: 'sends-a-header-as-payload',
    says: 'Bytes that look like a whole IPv6 packet are sent as the payload of one.',
    covers: ['3-03'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const lookalike = encodePacket({
        source: host.address,
        destination: peer.secondAddress,
        protocol: OSPF,
      });
      const packet = await wire.captureOne(() => socket.sendTo(lookalike, peer.address));
      expect(packet).toBePacket({
        destination: peer.address,
        protocol: 58,
        type: 0x60,
        body: lookalike.subarray(4),
      });
    },
  },
  {
    id: 'header-included-mode',
    says: 'Whether a raw ICMPv6 socket starts in a mode in which the program writes the IPv6 header.',
    covers: ['3-03'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const outcome = outcomeOf(() => socket.getInt('header-included'));
      return outcome === 'succeeds' ? `reads ${String(socket.getInt('header-included'))}` : outcome;
    },
  },
  {
    id: 'settable-header-fields',
    says: 'Which fields of the IPv6 header a program can set for one message.',
    covers: ['3-04'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const packet = await wire.captureOne(() =>
        socket.sendMessage(message({ type: PROBE }), peer.secondAddress, {
          ancillary: [
            ancillary.packetInfo({ address: host.secondAddress }),
            ancillary.hopLimit(42),
            ancillary.trafficClass(0x5a),
            ancillary.hopByHopOptions(encodeHopByHop({ options: [] })),
            ancillary.destinationOptions(encodeDestinationOptions({ options: [] })),
          ],
        }),
      );
      const { ipv6, extensions } = packet;
      const set = [
        ...(ipv6.trafficClass === 0x5a ? ['traffic class'] : []),
        ...(ipv6.hopLimit === 42 ? ['hop limit'] : []),
        ...(ipv6.source === host.secondAddress ? ['source'] : []),
        ...(ipv6.destination === peer.secondAddress ? ['destination'] : []),
        ...extensions.map(({ kind }) => `${kind} header`),
      ];
      return set.join(', ');
    },
  },
  {
    id: 'flow-label',
    says: 'What the flow label is of a message whose program asked for none.',
    covers: ['3-06'],
    needs,
    async check({ host, peer, wire }) {
      const packet = await wire.captureOne(() =>
        host.rawIcmpv6().sendTo(message({ type: PROBE }), peer.address),
      );
      return packet.ipv6.flowLabel === 0 ? 'zero' : 'chosen by the kernel';
    },
  },
  {
    id: 'fragments-what-the-path-cannot-carry',
    says: 'The kernel fragments what is larger than the path MTU: every fragment fits and has a fragment header.',
    covers: ['3-07'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire, random }) {
      const socket = host.rawIcmpv6();
      const bytes = message({ type: PROBE, body: random.bytes(2996) });
      const packets = await wire.capture(() => socket.sendTo(bytes, peer.address));
      expect(packets.map(({ extensions }) => extensions.map(({ kind }) => kind).join())).toEqual(
        packets.map(() => 'fragment'),
      );
      expect(packets.filter((packet) => packet.bytes.length > wire.mtu).length).toBe(0);
      expect(reassemble(packets)?.payload.subarray(4).toString('hex')).toBe(
        bytes.subarray(4).toString('hex'),
      );
    },
  },
  {
    id: 'fragments-nothing-that-fits',
    says: 'A message that just fills the path MTU crosses in one packet without a fragment header, and one byte more in fragments.',
    covers: ['3-07'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const room = wire.mtu - 40;
      const sent = async (length: number): Promise<number> =>
        (
          await wire.capture(() =>
            socket.sendTo(message({ type: PROBE, body: Buffer.alloc(length - 4) }), peer.address),
          )
        ).length;
      expect(await sent(room)).toBe(1);
      expect(await sent(room + 1)).toBe(2);
    },
  },
  {
    id: 'sends-the-largest-message',
    says: 'A message of 65,535 bytes, the most that a packet can hold, crosses whole.',
    covers: ['3-07'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire, random }) {
      const socket = host.rawIcmpv6();
      const bytes = message({ type: PROBE, body: random.bytes(LARGEST - 4) });
      const packet = await wire.captureOne(() => socket.sendTo(bytes, peer.address));
      expect(packet.payload.length).toBe(LARGEST);
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'sends-nothing-larger',
    says: 'What sending more than a packet can hold gives.',
    covers: ['3-04'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      return outcomeOf(() =>
        socket.sendTo(message({ type: PROBE, body: Buffer.alloc(LARGEST - 3) }), peer.address),
      );
    },
  },
  {
    id: 'sends-an-empty-payload',
    says: 'What becomes of an empty payload that a program sends on a raw socket.',
    covers: ['3-11'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.raw(OSPF);
      let outcome = '';
      const packets = await wire.capture(() => {
        outcome = outcomeOf(() => socket.sendTo(Buffer.alloc(0), peer.address));
      });
      const lengths = packets.map(({ bytes }) => `${String(bytes.length)} bytes`);
      return `sendto ${outcome}, on the wire: ${lengths.join(', ') || 'nothing'}`;
    },
  },
  {
    id: 'protocol-255-sends-payload',
    says: 'IPPROTO_RAW means nothing special: eight bytes written to such a socket cross as the payload of next header 255.',
    covers: ['3-10'],
    needs,
    async check({ host, peer, wire }) {
      const payload = Buffer.from('0001020304050607', 'hex');
      const socket = host.raw(RAW);
      const packet = await wire.captureOne(() => socket.sendTo(payload, peer.address));
      expect(packet).toBePacket({ protocol: RAW, payload });
    },
  },
  {
    id: 'protocol-255-takes-no-header',
    says: 'IPPROTO_RAW means nothing special: an IPv6 packet written to such a socket crosses as the payload of next header 255.',
    covers: ['3-10', '3-03'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const payload = encodePacket({
        source: host.address,
        destination: peer.address,
        protocol: OSPF,
        payload: Buffer.alloc(8),
      });
      const socket = host.raw(RAW);
      const packet = await wire.captureOne(() => socket.sendTo(payload, peer.address));
      expect(packet).toBePacket({ protocol: RAW });
    },
  },
  {
    id: 'destination-port',
    says: 'What a port in the destination address gives: none, the next header of the socket, and another number.',
    covers: ['3-12'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const outcomes = [0, 58, 22].map(
        (port) =>
          `${String(port)}: ${outcomeOf(() => socket.sendTo(message({ type: PROBE }), { address: peer.address, port }))}`,
      );
      return outcomes.join(', ');
    },
  },
  {
    id: 'ipv4-addresses',
    says: 'What an address of family AF_INET gives on a raw ICMPv6 socket.',
    covers: ['3-12'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const ipv4 = { family: 'inet', address: '127.0.0.1' } as const;
      const bytes = message({ type: PROBE });
      const send = outcomeOf(() => socket.sendTo(bytes, ipv4));
      const sendMessage = outcomeOf(() => socket.sendMessage(bytes, ipv4));
      const connect = outcomeOf(() => {
        socket.connect(ipv4);
      });
      const bind = outcomeOf(() => {
        socket.bind(ipv4);
      });
      return `sendto ${send}, sendmsg ${sendMessage}, connect ${connect}, bind ${bind}`;
    },
  },
  {
    id: 'sending-without-a-destination',
    says: 'What sending gives on a socket that is neither connected nor told where to.',
    covers: ['3-11'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      return outcomeOf(() => host.rawIcmpv6().send(message({ type: PROBE })));
    },
  },
];
