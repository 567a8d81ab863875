import { expect, message, outcomeOf, type Rule } from '../../harness';

const PROBE = 200;

const needs: Rule['needs'] = ['raw-icmpv6', 'wire'];

/** IPV6_CHECKSUM on ICMPv6 sockets: it is refused, and changes nothing. */
export const checksumOptionOnIcmpv6: readonly Rule[] = [
  {
    id: 'option-is-refused-on-icmpv6',
    says: 'An attempt to set IPV6_CHECKSUM on an ICMPv6 socket fails, whatever the value.',
    covers: ['3.1-13'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      for (const value of [2, 0, 4, 6, -1, -2, 1, 3, 65_534, 0x7fffffff, -0x80000000]) {
        expect(() => {
          socket.setInt('checksum', value);
        }).toFail();
      }
    },
  },
  {
    id: 'refused-option-changes-nothing',
    says: 'After refused attempts to set IPV6_CHECKSUM an ICMPv6 socket still fills in the checksum at offset 2.',
    covers: ['3.1-13', '3.1-01'],
    needs,
    async check({ host, peer, wire, random }) {
      const socket = host.rawIcmpv6();
      for (const value of [-1, 0, 4])
        outcomeOf(() => {
          socket.setInt('checksum', value);
        });
      const body = random.bytes(60);
      const packet = await wire.captureOne(() => socket.sendTo(message({ type: PROBE, body }), peer.address));
      expect(packet).toCarryItsChecksum();
      expect(packet).toBePacket({ body });
    },
  },
  {
    id: 'reading-the-option-on-icmpv6',
    says: 'What reading IPV6_CHECKSUM on an ICMPv6 socket gives.',
    covers: ['3.1-14'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const outcome = outcomeOf(() => socket.getInt('checksum'));
      return outcome === 'succeeds' ? `reads ${String(socket.getInt('checksum'))}` : outcome;
    },
  },
  {
    id: 'raw-level-escape',
    says: 'Whether another level of the same option lets an ICMPv6 socket send a wrong checksum.',
    covers: ['3.1-16'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const outcome = outcomeOf(() => {
        socket.setInt('checksum-at-raw-level', -1);
      });
      const wrong = message({ type: PROBE, checksum: 0xdead, body: Buffer.alloc(4) });
      const packet = await wire.captureOne(() => socket.sendTo(wrong, peer.address));
      const kept =
        packet.icmpv6?.checksum === 0xdead ? 'a wrong checksum goes out' : 'the checksum is still filled in';
      return `setting -1 ${outcome === 'succeeds' ? outcome : `fails with ${outcome}`}, ${kept}`;
    },
  },
  {
    id: 'short-messages',
    says: 'What sending a message gives that is too short to hold the checksum.',
    covers: ['3.1-21'],
    needs: ['raw-icmpv6'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const outcomes = [0, 1, 2, 3, 4].map((length) => {
        const bytes = message({ type: PROBE }).subarray(0, length);
        return `${String(length)}: ${outcomeOf(() => socket.sendTo(bytes, peer.address))}`;
      });
      return outcomes.join(', ');
    },
  },
];
