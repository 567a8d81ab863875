import { expect, int, message, parseAddress, section, type Rule } from '../../harness';

const PROBE = 200;
const GROUP = 'ff02::3542';
const needs: Rule['needs'] = ['raw-icmpv6', 'link'];

const join = (interfaceIndex: number): Buffer => Buffer.concat([parseAddress(GROUP), int(interfaceIndex)]);

/** RFC 3493 §5: the options of RFC 3542's sockets that it did not have to define again. */
export const unicastHops = section('rfc3493-5.1', 'Unicast Hop Limit', [
  {
    id: 'out-of-range-is-refused',
    says: 'IPV6_UNICAST_HOPS below -1 or above 255 fails with EINVAL.',
    covers: ['rfc3493-5.1-01'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      for (const value of [-2, -0x80000000, 256, 0x7fffffff]) {
        expect(() => {
          socket.setInt('unicast-hops', value);
        }).toFail('EINVAL');
      }
    },
  },
  {
    id: 'the-hop-limit-is-used',
    says: 'IPV6_UNICAST_HOPS is the hop limit of unicast messages, and reads back.',
    covers: ['rfc3493-5.1-01'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      for (const hopLimit of [1, 2, 64, 255]) {
        socket.setInt('unicast-hops', hopLimit);
        expect(socket.getInt('unicast-hops')).toBe(hopLimit);
        const packet = await wire.captureOne(() => socket.sendTo(message({ type: PROBE }), peer.address));
        expect(packet).toBePacket({ hopLimit });
      }
    },
  },
  {
    id: 'minus-one-is-the-default',
    says: 'IPV6_UNICAST_HOPS -1 goes back to the hop limit that a new socket uses.',
    covers: ['rfc3493-5.1-01'],
    needs,
    async check({ host, peer, wire }) {
      const send = (socket: typeof other) =>
        wire.captureOne(() => socket.sendTo(message({ type: PROBE }), peer.address));
      const other = host.rawIcmpv6();
      const { ipv6 } = await send(other);
      const socket = host.rawIcmpv6();
      socket.setInt('unicast-hops', 5);
      socket.setInt('unicast-hops', -1);
      expect(await send(socket)).toBePacket({ hopLimit: ipv6.hopLimit });
    },
  },
]);

export const multicast = section('rfc3493-5.2', 'Sending and Receiving Multicast Packets', [
  {
    id: 'hops-out-of-range-are-refused',
    says: 'IPV6_MULTICAST_HOPS below -1 or above 255 fails with EINVAL.',
    covers: ['rfc3493-5.2-01'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      for (const value of [-2, 256, 0x7fffffff]) {
        expect(() => {
          socket.setInt('multicast-hops', value);
        }).toFail('EINVAL');
      }
    },
  },
  ...([undefined, -1, 2, 255] as const).map((value): Rule => ({
    id:
      value === undefined
        ? 'hops-are-one-at-first'
        : value === -1
          ? 'hops-minus-one-is-one'
          : `hops-of-${String(value)}-are-used`,
    says:
      value === undefined
        ? 'Without IPV6_MULTICAST_HOPS a message to a group has a hop limit of 1.'
        : `With IPV6_MULTICAST_HOPS ${String(value)} a message to a group has a hop limit of ${String(value === -1 ? 1 : value)}.`,
    covers: ['rfc3493-5.2-01'],
    needs,
    async check({ host, wire }) {
      const socket = host.rawIcmpv6();
      if (value === -1) socket.setInt('multicast-hops', 9);
      if (value !== undefined) socket.setInt('multicast-hops', value);
      const to = { address: GROUP, scope: host.interface.index };
      const packet = await wire.captureOne(() => socket.sendTo(message({ type: PROBE }), to));
      expect(packet).toBePacket({ hopLimit: value === undefined || value === -1 ? 1 : value });
    },
  })),
  {
    id: 'the-interface-is-used',
    says: 'IPV6_MULTICAST_IF selects the interface on which a message to a group leaves.',
    covers: ['rfc3493-5.2-02'],
    needs,
    async check({ host, wire }) {
      const socket = host.rawIcmpv6();
      socket.setInt('multicast-interface', host.interface.index);
      const packet = await wire.captureOne(() => socket.sendTo(message({ type: PROBE }), GROUP));
      expect(packet).toBePacket({ destination: GROUP });
    },
  },
  {
    id: 'no-interface-is-the-systems-choice',
    says: 'IPV6_MULTICAST_IF 0 leaves the interface to the system.',
    covers: ['rfc3493-5.2-02'],
    needs,
    check({ host }) {
      const socket = host.rawIcmpv6();
      socket.setInt('multicast-interface', host.interface.index);
      socket.setInt('multicast-interface', 0);
      expect(socket.getInt('multicast-interface')).toBe(0);
    },
  },
  {
    id: 'an-unknown-interface-is-refused',
    says: 'IPV6_MULTICAST_IF with the index of no interface fails.',
    covers: ['rfc3493-5.2-02'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      expect(() => {
        socket.setInt('multicast-interface', 0x7fff_0000);
      }).toFail();
    },
  },
  ...[1, 0].map((loop): Rule => ({
    id: loop === 1 ? 'loop-is-on-at-first' : 'loop-can-be-turned-off',
    says:
      loop === 1
        ? 'A member of a group on the sending host receives a message to it, unless asked otherwise.'
        : 'With IPV6_MULTICAST_LOOP 0 a member of a group on the sending host does not receive a message to it.',
    covers: ['rfc3493-5.2-03'],
    needs: ['raw-icmpv6', 'link', 'peer'],
    check({ host, peer }) {
      const member = host.rawIcmpv6();
      member.setOption('join-group', join(host.interface.index));
      const sender = host.rawIcmpv6();
      if (loop === 0) sender.setInt('multicast-loop', 0);
      sender.sendTo(message({ type: PROBE, body: Buffer.alloc(4) }), {
        address: GROUP,
        scope: host.interface.index,
      });
      peer.send({ type: 201 }, GROUP);
      expect(member).toReceiveTypes(loop === 1 ? [PROBE, 201] : [201]);
    },
  })),
  {
    id: 'other-loop-values-are-refused',
    says: 'IPV6_MULTICAST_LOOP other than 0 and 1 fails with EINVAL.',
    covers: ['rfc3493-5.2-03'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      expect(socket.getInt('multicast-loop')).toBe(1);
      for (const value of [2, -1, 256]) {
        expect(() => {
          socket.setInt('multicast-loop', value);
        }).toFail('EINVAL');
      }
    },
  },
]);
