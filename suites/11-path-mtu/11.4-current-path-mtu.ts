import {
  expect,
  formatAddress,
  ICMPV6,
  int,
  message,
  outcomeOf,
  packetTooBig,
  section,
  type Rule,
  type Socket,
} from '../../harness';

const needs: Rule['needs'] = ['raw-icmpv6', 'link'];
const INFO_BYTES = 32;
const ADDRESS = 8;
const MTU = 28;
const DATA = message({ type: 200, body: Buffer.alloc(1396) });

/** `ip6m_mtu`, in the byte order of the host. */
function pathMtu(socket: Socket): number {
  const info = socket.getOption('path-mtu', INFO_BYTES);
  return [1280, 1300, 1400, 1500, 65_536].find((mtu) => int(mtu).equals(info.subarray(MTU))) ?? -1;
}

export default section('11.4', 'Determining the Current Path MTU', [
  {
    id: 'mtu-of-the-interface',
    says: 'Without a cached path MTU, IPV6_PATHMTU of a connected socket is the MTU of the outgoing interface.',
    covers: ['11.4-01', '11.4-02'],
    needs,
    async check({ host, peer, secondLink }) {
      const second = await secondLink();
      for (const [address, mtu] of [
        [peer.address, host.interface.mtu],
        ['2001:db8:114:2::1', host.interface.mtu],
        [second.peer.address, second.interface.mtu],
      ] as const) {
        const socket = host.rawIcmpv6();
        socket.connect(address);
        expect(pathMtu(socket)).toBe(mtu);
      }
    },
  },
  {
    id: 'mtu-of-a-packet-too-big',
    says: 'After a Packet Too Big, IPV6_PATHMTU of a socket connected to its destination is the reported MTU.',
    covers: ['11.4-01'],
    needs,
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      socket.connect('2001:db8:114:1::1');
      const packet = await wire.captureOne(() => socket.send(DATA));
      peer.send({ type: ICMPV6.packetTooBig, body: packetTooBig(1300, packet.bytes) }, host.address);
      socket.settled();
      expect(pathMtu(socket)).toBe(1300);
    },
  },
  {
    id: 'unconnected-sockets-have-none',
    says: 'Getting IPV6_PATHMTU fails on a socket that is not connected, or no longer.',
    covers: ['11.4-03'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      expect(() => socket.getOption('path-mtu', INFO_BYTES)).toFail();
      socket.connect(peer.address);
      socket.disconnect();
      expect(() => socket.getOption('path-mtu', INFO_BYTES)).toFail();
    },
  },
  {
    id: 'setting-fails',
    says: 'IPV6_PATHMTU can only be read: setting it fails, on a connected socket too.',
    covers: ['11.4-04'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const set = (): void => {
        socket.setOption('path-mtu', Buffer.alloc(INFO_BYTES));
      };
      expect(set).toFail();
      socket.connect(peer.address);
      expect(set).toFail();
      expect(() => {
        socket.setInt('path-mtu', 1400);
      }).toFail();
    },
  },
  {
    id: 'address-in-the-answer',
    says: 'What IPV6_PATHMTU has as address, which means nothing on a connected socket.',
    covers: ['11.4-05'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.connect(peer.address);
      return formatAddress(socket.getOption('path-mtu', INFO_BYTES), ADDRESS);
    },
  },
  {
    id: 'room-for-the-answer',
    says: 'What getting IPV6_PATHMTU gives with less room than it needs, and with more.',
    covers: ['11.4-06'],
    needs,
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.connect(peer.address);
      const outcomes = [0, 31, 32, 64].map((room) => {
        const outcome = outcomeOf(() => socket.getOption('path-mtu', room));
        const length = outcome === 'succeeds' ? socket.getOption('path-mtu', room).length : outcome;
        return `${String(room)}: ${String(length)}`;
      });
      return outcomes.join(', ');
    },
  },
]);
