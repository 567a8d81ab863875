import {
  checksum,
  encodePacket,
  expect,
  int,
  outcomeOf,
  parseAddress,
  type Laboratory,
  type Rule,
  type Socket,
} from '../../harness';

/** OSPF for IPv6 (RFC 5340): the other raw socket that RFC 3542 §3 names. */
const OSPF = 89;
const OFFSET = 12;

const needs: Rule['needs'] = ['raw-icmpv6', 'wire'];
const needsPeer: Rule['needs'] = ['raw-icmpv6', 'link', 'peer'];

/** A payload with the checksum that its receiver must find at OFFSET, or with one that is off by one bit. */
function arriving({ host, peer, random }: Laboratory, right: boolean): Buffer {
  const payload = random.bytes(32);
  payload.writeUInt16BE(0, OFFSET);
  const sum = checksum(parseAddress(peer.address), parseAddress(host.address), OSPF, payload);
  payload.writeUInt16BE(right ? sum : sum ^ 1, OFFSET);
  return payload;
}

function inject({ host, peer }: Laboratory, payload: Buffer): void {
  peer.inject(encodePacket({ source: peer.address, destination: host.address, protocol: OSPF, payload }));
}

function verifying(lab: Laboratory): Socket {
  const socket = lab.host.raw(OSPF);
  socket.setInt('checksum', OFFSET);
  return socket;
}

/** IPV6_CHECKSUM on all other raw sockets, and on no other socket. */
export const checksumOption: readonly Rule[] = [
  {
    id: 'option-is-off-by-default',
    says: 'On another raw socket IPV6_CHECKSUM is off at first: it reads -1.',
    covers: ['3.1-10'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      expect(host.raw(OSPF).getInt('checksum')).toBe(-1);
    },
  },
  {
    id: 'without-the-option-nothing-is-filled-in',
    says: 'Without IPV6_CHECKSUM the kernel sends the payload of another raw socket as the program wrote it.',
    covers: ['3.1-10'],
    needs,
    async check({ host, peer, wire, random }) {
      const payload = random.bytes(40);
      const socket = host.raw(OSPF);
      const packet = await wire.captureOne(() => socket.sendTo(payload, peer.address));
      expect(packet).toBePacket({ protocol: OSPF, payload });
    },
  },
  {
    id: 'option-reads-back',
    says: 'IPV6_CHECKSUM is set and read at level IPPROTO_IPV6 as the offset into the user data.',
    covers: ['3.1-23'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.raw(OSPF);
      for (const offset of [0, 2, 12, 40]) {
        socket.setInt('checksum', offset);
        expect(socket.getInt('checksum')).toBe(offset);
      }
    },
  },
  ...[0, 2, 12, 30].map((offset): Rule => ({
    id: `option-fills-at-offset-${String(offset)}`,
    says: `With IPV6_CHECKSUM ${String(offset)} the kernel stores the checksum of another raw socket's payload at that offset.`,
    covers: ['3.1-08', '3.1-23'],
    needs,
    async check({ host, peer, wire, random }) {
      const socket = host.raw(OSPF);
      socket.setInt('checksum', offset);
      for (const length of [offset + 2, offset + 3, 64, 65]) {
        const payload = random.bytes(length);
        const { ipv6, payload: crossed } = await wire.captureOne(() => socket.sendTo(payload, peer.address));
        const expected = Buffer.from(payload);
        expected.writeUInt16BE(0, offset);
        const sum = checksum(parseAddress(ipv6.source), parseAddress(ipv6.destination), OSPF, expected);
        expected.writeUInt16BE(sum, offset);
        expect(crossed.toString('hex')).toBe(expected.toString('hex'));
      }
    },
  })),
  {
    id: 'option-lets-good-ones-in',
    says: 'With IPV6_CHECKSUM a received packet with the right checksum is delivered.',
    covers: ['3.1-09'],
    needs: needsPeer,
    check(lab) {
      const socket = verifying(lab);
      const good = arriving(lab, true);
      inject(lab, good);
      expect(socket).toReceive({ data: good });
    },
  },
  {
    id: 'option-keeps-bad-ones-out',
    says: 'With IPV6_CHECKSUM a received packet with a wrong checksum is discarded.',
    covers: ['3.1-09'],
    needs: needsPeer,
    check(lab) {
      const socket = verifying(lab);
      const witness = lab.host.raw(OSPF);
      const bad = arriving(lab, false);
      inject(lab, bad);
      expect(witness).toReceive({ data: bad });
      expect(socket).not.toReceive({ data: bad });
    },
  },
  {
    id: 'without-the-option-nothing-is-verified',
    says: 'Without IPV6_CHECKSUM the kernel verifies no checksum of another raw socket.',
    covers: ['3.1-10'],
    needs: needsPeer,
    check(lab) {
      const socket = lab.host.raw(OSPF);
      const bad = arriving(lab, false);
      inject(lab, bad);
      expect(socket).toReceive({ data: bad });
    },
  },
  {
    id: 'option-off-again-fills-nothing-in',
    says: 'Setting the offset to -1 turns the computation for outgoing packets off again.',
    covers: ['3.1-11'],
    needs,
    async check({ host, peer, wire, random }) {
      const socket = host.raw(OSPF);
      socket.setInt('checksum', 2);
      socket.setInt('checksum', -1);
      const payload = random.bytes(40);
      const packet = await wire.captureOne(() => socket.sendTo(payload, peer.address));
      expect(packet).toBePacket({ payload });
    },
  },
  {
    id: 'option-off-again-verifies-nothing',
    says: 'Setting the offset to -1 turns the verification of received packets off again.',
    covers: ['3.1-11'],
    needs: needsPeer,
    check(lab) {
      const socket = verifying(lab);
      socket.setInt('checksum', -1);
      const bad = arriving(lab, false);
      inject(lab, bad);
      expect(socket).toReceive({ data: bad });
    },
  },
  {
    id: 'odd-offsets-are-refused',
    says: 'A positive odd offset is invalid: setting IPV6_CHECKSUM to it fails.',
    covers: ['3.1-12'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.raw(OSPF);
      for (const offset of [1, 3, 5, 13, 65_535]) {
        expect(() => {
          socket.setInt('checksum', offset);
        }).toFail();
      }
    },
  },
  {
    id: 'refused-offset-keeps-the-old-one',
    says: 'After an odd offset was refused the one before it is still in force.',
    covers: ['3.1-12'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.raw(OSPF);
      socket.setInt('checksum', 4);
      outcomeOf(() => {
        socket.setInt('checksum', 5);
      });
      expect(socket.getInt('checksum')).toBe(4);
    },
  },
  ...(['datagram', 'stream'] as const).flatMap((type): Rule[] => [
    {
      id: `setting-fails-on-a-${type}-socket`,
      says: `An attempt to set IPV6_CHECKSUM on a ${type} socket, which is not raw, fails.`,
      covers: ['3.1-15'],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.socket({ family: 'inet6', type, protocol: 0 });
        expect(() => {
          socket.setInt('checksum', 2);
        }).toFail();
      },
    },
    {
      id: `reading-fails-on-a-${type}-socket`,
      says: `An attempt to get IPV6_CHECKSUM on a ${type} socket, which is not raw, fails.`,
      covers: ['3.1-15'],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.socket({ family: 'inet6', type, protocol: 0 });
        expect(() => socket.getInt('checksum')).toFail();
      },
    },
  ]),
  {
    id: 'option-lengths',
    says: 'What setting IPV6_CHECKSUM gives with an option that is not the size of an int.',
    covers: ['3.1-17'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.raw(OSPF);
      const value = Buffer.concat([int(2), Buffer.alloc(4)]);
      const outcomes = [0, 1, 2, 3, 4, 5, 8].map(
        (length) =>
          `${String(length)}: ${outcomeOf(() => {
            socket.setOption('checksum', value, length);
          })}`,
      );
      return outcomes.join(', ');
    },
  },
  {
    id: 'other-negative-offsets',
    says: 'What setting IPV6_CHECKSUM to a negative offset other than -1 gives.',
    covers: ['3.1-18'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.raw(OSPF);
      const outcomes = [-2, -3].map((offset) => {
        const outcome = outcomeOf(() => {
          socket.setInt('checksum', offset);
        });
        return `${String(offset)}: ${outcome}, then reads ${String(socket.getInt('checksum'))}`;
      });
      return outcomes.join('; ');
    },
  },
  {
    id: 'offset-beyond-the-payload',
    says: 'What sending gives when the checksum would lie beyond the end of the payload.',
    covers: ['3.1-19'],
    needs: ['raw-icmpv6'],
    check({ host, peer }) {
      const socket = host.raw(OSPF);
      const outcomes = [12, 22].map((offset) => {
        socket.setInt('checksum', offset);
        return `offset ${String(offset)} of 13 bytes: ${outcomeOf(() => socket.sendTo(Buffer.alloc(13), peer.address))}`;
      });
      return outcomes.join(', ');
    },
  },
];
