import {
  encodeIcmpv6,
  encodePacket,
  errorBody,
  expect,
  fragment,
  icmpv6Checksum,
  checksum,
  parseAddress,
  section,
  type Laboratory,
  type PacketFields,
  type Rule,
} from '../../harness';

const PROBE = 200;
const LAST = 201;
const WRONG = 0xdead;
const UNKNOWN_TYPES = [5, 42, 99, 100, 101, 126, 127, 163, 180, 199, 200, 201, 254, 255];
const CODES = Array.from({ length: 256 }, (_, code) => code);
/** Bytes: room for 256 small messages, whatever a system takes for each. */
const QUEUE = 1 << 20;

const needs: Rule['needs'] = ['raw-icmpv6', 'link', 'peer'];

/** A packet around these bytes, right or wrong, to the host. */
function packet({ host, peer }: Laboratory, payload: Buffer, fields: Partial<PacketFields> = {}): Buffer {
  return encodePacket({ source: peer.address, destination: host.address, protocol: 58, payload, ...fields });
}

/** A message of `length` bytes with its checksum. */
function rightMessage({ host, peer, random }: Laboratory, length: number): Buffer {
  return encodeIcmpv6({ type: PROBE, body: random.bytes(length - 4) }, peer.address, host.address);
}

/** The same with one bit of the checksum turned over. */
function wrongMessage(lab: Laboratory, length: number): Buffer {
  const bytes = rightMessage(lab, length);
  bytes.writeUInt16BE(bytes.readUInt16BE(2) ^ 1, 2);
  return bytes;
}

/** Of what is injected the socket gets nothing; a right message after it shows that its time has passed. */
function expectDiscarded(lab: Laboratory, packets: readonly Buffer[]): void {
  const socket = lab.host.rawIcmpv6();
  for (const each of packets) lab.peer.inject(each);
  lab.peer.send({ type: LAST }, lab.host.address);
  expect(socket).toReceiveTypes([LAST]);
}

/** One message with a checksum that belongs to something else. */
function discarding(id: string, says: string, sumOf: (lab: Laboratory, message: Buffer) => number): Rule {
  return {
    id,
    says,
    covers: ['3.3-01'],
    needs,
    check(lab) {
      const message = rightMessage(lab, 64);
      message.writeUInt16BE(0, 2);
      message.writeUInt16BE(sumOf(lab, message), 2);
      expectDiscarded(lab, [packet(lab, message)]);
    },
  };
}

const discarded: readonly Rule[] = [
  {
    id: 'every-one-bit-error-is-discarded',
    says: 'A message in which any single bit was turned over after its checksum was computed is discarded.',
    covers: ['3.3-01'],
    needs,
    check(lab) {
      const message = rightMessage(lab, 64);
      const damaged = Array.from({ length: message.length * 8 }, (_, bit) => {
        const bytes = Buffer.from(message);
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        return packet(lab, bytes);
      });
      expectDiscarded(lab, damaged);
    },
  },
  {
    id: 'a-wrong-checksum-is-discarded-at-every-length',
    says: 'A message with a wrong checksum is discarded, whatever its length from 4 bytes to all that a packet holds.',
    covers: ['3.3-01'],
    needs,
    sweep: true,
    check(lab) {
      const lengths = Array.from({ length: lab.wire.mtu - 40 - 3 }, (_, index) => index + 4);
      expectDiscarded(
        lab,
        lengths.map((length) => packet(lab, wrongMessage(lab, length))),
      );
    },
  },
  {
    id: 'a-wrong-checksum-is-discarded-with-every-type',
    says: 'A message with a wrong checksum is discarded, whatever its type.',
    covers: ['3.3-01'],
    needs,
    check(lab) {
      const messages = CODES.map((type) =>
        encodeIcmpv6({ type, checksum: WRONG, body: Buffer.alloc(24) }, '::', '::'),
      );
      expectDiscarded(
        lab,
        messages.map((message) => packet(lab, message)),
      );
    },
  },
  {
    id: 'a-zero-checksum-is-discarded-where-it-is-wrong',
    says: 'A checksum of zero does not mean that there is none: it is verified like any other.',
    covers: ['3.3-02'],
    needs,
    check(lab) {
      expectDiscarded(lab, [
        packet(lab, encodeIcmpv6({ type: PROBE, checksum: 0, body: Buffer.alloc(8) }, '::', '::')),
      ]);
    },
  },
  {
    id: 'a-zero-checksum-is-taken-where-it-is-right',
    says: 'A message whose checksum comes out as zero, and says zero, is delivered.',
    covers: ['3.3-02'],
    needs,
    check(lab) {
      const { host, peer } = lab;
      const message = Buffer.from('c800000000000000', 'hex');
      message.writeUInt16BE(icmpv6Checksum(peer.address, host.address, message), 6);
      const socket = host.rawIcmpv6();
      peer.inject(packet(lab, message));
      expect(socket).toReceive({ data: message });
    },
  },
  discarding(
    'a-checksum-without-the-pseudo-header-is-discarded',
    'A checksum over the message alone, as in IPv4, is a wrong one.',
    (_, message) =>
      // Over no addresses and no length: the complement of the sum of the message's own words.
      0xffff -
      (Array.from({ length: message.length / 2 }, (__, at) => message.readUInt16BE(at * 2)).reduce(
        (sum, word) => sum + word,
        0,
      ) %
        0xffff),
  ),
  discarding(
    'a-checksum-for-another-destination-is-discarded',
    'A checksum over another destination than the packet has is a wrong one.',
    ({ host, peer }, message) => icmpv6Checksum(peer.address, host.secondAddress, message),
  ),
  discarding(
    'a-checksum-for-another-source-is-discarded',
    'A checksum over another source than the packet has is a wrong one.',
    ({ host, peer }, message) => icmpv6Checksum(peer.secondAddress, host.address, message),
  ),
  discarding(
    'a-checksum-for-another-next-header-is-discarded',
    'A checksum over a pseudo-header of another protocol is a wrong one.',
    ({ host, peer }, message) =>
      checksum(parseAddress(peer.address), parseAddress(host.address), 17, message),
  ),
  {
    id: 'a-wrong-checksum-is-discarded-behind-extension-headers',
    says: 'Extension headers in front of a message do not keep its wrong checksum from being found.',
    covers: ['3.3-01'],
    needs,
    check(lab) {
      const message = wrongMessage(lab, 64);
      expectDiscarded(lab, [
        packet(lab, message, { extensions: [{ kind: 'hop-by-hop' }] }),
        packet(lab, message, { extensions: [{ kind: 'destination' }] }),
        packet(lab, message, { extensions: [{ kind: 'fragment' }] }),
      ]);
    },
  },
  {
    id: 'a-wrong-checksum-is-discarded-after-reassembly',
    says: 'A message that comes in fragments is verified as a whole, and discarded when its checksum is wrong.',
    covers: ['3.3-01'],
    needs,
    check(lab) {
      expectDiscarded(lab, fragment(packet(lab, wrongMessage(lab, 4001)), 1280, 0x3542_0001));
    },
  },
  {
    id: 'a-wrong-checksum-to-a-group-is-discarded',
    says: 'A message with a wrong checksum to a multicast group of the host is discarded.',
    covers: ['3.3-01'],
    needs,
    check(lab) {
      expectDiscarded(lab, [packet(lab, wrongMessage(lab, 64), { destination: 'ff02::1' })]);
    },
  },
  {
    id: 'discarded-messages-are-counted',
    says: 'How the counter of wrong ICMPv6 checksums moves when three messages with one arrive.',
    covers: ['3.3-01'],
    needs,
    check(lab) {
      const { host, peer } = lab;
      const before = host.settings.counter('Icmp6InCsumErrors');
      for (let times = 0; times < 3; times += 1)
        peer.send({ type: PROBE, checksum: WRONG, body: Buffer.alloc(8) }, host.address);
      host.rawIcmpv6().settled();
      return `by ${String(host.settings.counter('Icmp6InCsumErrors') - before)}`;
    },
  },
];

const delivered: readonly Rule[] = [
  {
    id: 'every-length-is-delivered',
    says: 'A message with its checksum is delivered as it was sent, whatever its length from 8 bytes to all that a packet holds.',
    covers: ['3.3-06'],
    needs,
    sweep: true,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      for (let length = 8; length <= lab.wire.mtu - 40; length += 1) {
        const message = rightMessage(lab, length);
        lab.peer.inject(packet(lab, message));
        // Bounds what is queued.
        if (length % 64 === 0 || length === lab.wire.mtu - 40) expect(socket).toReceive({ data: message });
      }
      expect(socket.received.length).toBe(lab.wire.mtu - 40 - 7);
    },
  },
  {
    id: 'unknown-types-are-delivered',
    says: 'A type that no document defines is no reason to drop a message, be it of an error or informational.',
    covers: ['3.3-05', '3.3-06', 'rfc4443-2.1-02'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      for (const type of UNKNOWN_TYPES) peer.send({ type, body: Buffer.alloc(8) }, host.address);
      expect(socket).toReceiveTypes(UNKNOWN_TYPES);
    },
  },
  ...[1, 3, 4, 100, 128, 200].map((type): Rule => ({
    id: `every-code-of-type-${String(type)}-is-delivered`,
    says: `A code that no document defines is no reason to drop a message of type ${String(type)}.`,
    covers: ['3.3-07'],
    needs,
    sweep: true,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.setInt('receive-buffer', QUEUE);
      for (const code of CODES)
        peer.send({ type, code, body: Buffer.alloc(24) }, host.address, { hopLimit: 64 });
      expect(socket.settled().map(({ code }) => code)).toEqual(CODES);
    },
  })),
  {
    id: 'malformed-messages',
    says: 'Which messages that are malformed in other ways than their checksum are delivered.',
    covers: ['3.3-03'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      peer.send({ type: 1, body: Buffer.alloc(0) }, host.address);
      peer.send({ type: 2, body: errorBody(Buffer.alloc(3)) }, host.address);
      peer.send({ type: 135, body: Buffer.alloc(20) }, host.address, { hopLimit: 64 });
      peer.send({ type: 136, body: Buffer.alloc(4) }, host.address);
      const types = new Set(socket.settled().map(({ type }) => type));
      const say = (type: number): string => (types.has(type) ? 'delivered' : 'dropped');
      return `an error without a packet ${say(1)}, with a piece of a header ${say(2)}, a solicitation from afar ${say(135)}, a short advertisement ${say(136)}`;
    },
  },
  {
    id: 'short-messages',
    says: 'Which messages of 0 to 8 bytes are delivered.',
    covers: ['3.3-08'],
    needs,
    check(lab) {
      const { host, peer } = lab;
      const socket = host.rawIcmpv6();
      const whole = encodeIcmpv6({ type: PROBE, body: Buffer.alloc(4) }, peer.address, host.address);
      for (let length = 0; length <= 8; length += 1) {
        const bytes = Buffer.from(whole.subarray(0, length));
        if (length >= 4) {
          bytes.writeUInt16BE(0, 2);
          bytes.writeUInt16BE(icmpv6Checksum(peer.address, host.address, bytes), 2);
        }
        peer.inject(packet(lab, bytes));
      }
      const lengths = socket.settled().map(({ data }) => data.length);
      return `delivered: ${lengths.join(', ')}`;
    },
  },
  {
    id: 'messages-to-other-groups',
    says: 'Whether a message to a multicast group that the host has not joined is delivered.',
    covers: ['3.3-09'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      peer.send({ type: PROBE }, 'ff02::1234');
      peer.send({ type: LAST }, 'ff02::1');
      const types = socket.settled().map(({ type }) => type);
      return `${types.includes(PROBE) ? 'delivered' : 'not delivered'}, to all nodes ${types.includes(LAST) ? 'delivered' : 'not delivered'}`;
    },
  },
];

export default section('3.3', 'ICMPv6 Verification of Received Packets', [...discarded, ...delivered]);
