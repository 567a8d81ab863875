import { SyscallError } from '../errors';
import type { Descriptor, SocketAddress, SocketKind } from '../socket/system-calls';
import type { Defect } from './defect';

const MAPPED = '::ffff:';

const refused = (call: string, code: string, number: number): SyscallError =>
  new SyscallError(call, code, number, call, 'the seeded defect');

const isIcmpv6 = ({ family, type, protocol }: SocketKind): boolean =>
  family === 'inet6' && type === 'raw' && protocol === 58;

const isMapped = (address: SocketAddress | undefined): boolean =>
  address?.address.startsWith(MAPPED) === true;

const sent = (rule: string): { readonly nft: string } => ({
  nft: `add table ip6 defect
add chain ip6 defect out { type filter hook output priority 0; }
add rule ip6 defect out ${rule}`,
});

/** Runs `action`; what it throws is lost. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // The defect is that nobody hears of it.
  }
}

/** What a host can do wrong with raw sockets in general. */
export const rawSocketDefects: readonly Defect[] = [
  {
    id: 'raw-words-are-swapped',
    says: 'The first word of a body is sent in the byte order of the host.',
    kills: ['3.sends-bytes-as-they-are'],
    seed: sent('icmpv6 type 200 icmpv6 code 1 @th,32,32 0x01020304 @th,32,32 set 0x04030201'),
  },
  {
    id: 'raw-header-is-recognized',
    says: 'Bytes that look like an IPv6 packet are sent as one.',
    kills: ['3.header-included-mode', '3.sends-a-header-as-payload'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => {
          const looks = data[0] === 0x60 && data.length >= 40;
          const set = (on: number): void => {
            attempt(() => {
              calls.setOption(socket, 'header-included', Buffer.of(on, 0, 0, 0), 4);
            });
          };
          if (looks) set(1);
          try {
            return calls.sendTo(socket, data, to, flags);
          } finally {
            if (looks) set(0);
          }
        },
        getOption: (socket, option, room) =>
          option === 'header-included' ? Buffer.of(1, 0, 0, 0) : calls.getOption(socket, option, room),
      }),
    },
  },
  {
    id: 'raw-traffic-class-is-lost-behind-options',
    says: 'A message with hop-by-hop options leaves with traffic class 0.',
    kills: ['3.settable-header-fields'],
    seed: sent('exthdr hbh exists ip6 dscp set 0'),
  },
  {
    id: 'raw-no-flow-label',
    says: 'Messages without content leave with a flow label of zero.',
    kills: ['3.flow-label'],
    seed: sent('icmpv6 type 200 ip6 length 8 ip6 flowlabel set 0'),
  },
  {
    id: 'raw-never-fragments',
    says: 'What does not fit into one packet is refused.',
    kills: [
      '3.1.*-bytes',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '3.fragments-*',
      '3.sends-the-largest-message',
    ],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => {
          if (data.length > 1460) throw refused('sendto', 'EMSGSIZE', 90);
          return calls.sendTo(socket, data, to, flags);
        },
      }),
    },
  },
  {
    id: 'raw-fragments-too-early',
    says: 'A message that just fills the path MTU is sent in two fragments.',
    kills: ['3.fragments-nothing-that-fits'],
    seed: { ip: ['route replace fd00:3542::/64 dev host proto kernel metric 256 mtu 1496'] },
  },
  {
    id: 'raw-sends-half-of-what-is-too-large',
    says: 'Of more than a packet can hold, as much as it can hold is sent.',
    kills: ['3.sends-nothing-larger'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => calls.sendTo(socket, data.subarray(0, 65_535), to, flags),
      }),
    },
  },
  {
    id: 'raw-refuses-empty-payloads',
    says: 'An empty payload is not sent.',
    kills: ['3.1.short-messages', '3.sends-an-empty-payload'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => {
          if (data.length === 0) throw refused('sendto', 'EINVAL', 22);
          return calls.sendTo(socket, data, to, flags);
        },
      }),
    },
  },
  {
    id: 'raw-ignores-the-port',
    says: 'A port in a destination address is not looked at.',
    kills: ['3.destination-port'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) =>
          calls.sendTo(socket, data, to.port === 22 ? { ...to, port: 0 } : to, flags),
      }),
    },
  },
  {
    id: 'raw-connects-to-any-family',
    says: 'Connecting a raw ICMPv6 socket to an IPv4 address succeeds, and to a mapped one fails.',
    kills: ['13.connect-to-a-mapped-address', '13.sendto-to-a-mapped-address', '3.ipv4-addresses'],
    seed: {
      calls: ({ calls }) => ({
        connect: (socket, address) => {
          if (isMapped(address) && address?.port === undefined) throw refused('connect', 'EINVAL', 22);
          if (address?.family !== 'inet') calls.connect(socket, address);
        },
        sendTo: (socket, data, to, flags) => {
          if (isMapped(to)) throw refused('sendto', 'ENETUNREACH', 101);
          return calls.sendTo(socket, data, to, flags);
        },
      }),
    },
  },
  {
    id: 'raw-opens-for-everyone',
    says: 'A process without privileges gets a socket where it asks for a raw one.',
    kills: ['3.opening-needs-privilege'],
    seed: {
      calls: ({ calls }) => ({
        socket: (kind) => {
          try {
            return calls.socket(kind);
          } catch {
            return calls.socket({ family: 'inet6', type: 'datagram', protocol: 0 });
          }
        },
      }),
    },
  },
  {
    id: 'raw-protocol-reads-zero',
    says: 'The protocol of a socket reads as zero.',
    kills: ['3.is-a-raw-socket-of-icmpv6'],
    seed: {
      calls: ({ calls }) => ({
        getOption: (socket, option, room) =>
          option === 'protocol' ? Buffer.alloc(4) : calls.getOption(socket, option, room),
      }),
    },
  },
  {
    id: 'raw-two-copies-at-most',
    says: 'A message is handed to two raw sockets at most.',
    kills: ['3.2.sockets-read-their-own-filter', '3.every-socket-gets-a-copy'],
    seed: {
      calls: ({ calls, filterBlockBit }) => {
        const open = new Set<Descriptor>();
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            if (!isIcmpv6(kind)) return socket;
            if (open.size >= 2)
              calls.setOption(socket, 'icmp6-filter', Buffer.alloc(32, -filterBlockBit), 32);
            open.add(socket);
            return socket;
          },
          close: (socket) => {
            open.delete(socket);
            calls.close(socket);
          },
        };
      },
    },
  },
  {
    id: 'raw-bind-is-ignored',
    says: 'Binding succeeds whatever the address, and does nothing.',
    kills: [
      '13.bind-to-a-mapped-address',
      '3.1.covers-the-source-of-bind',
      '3.bind-selects-the-destination',
      '3.bind-to-a-foreign-address',
      '3.ipv4-addresses',
    ],
    seed: { calls: () => ({ bind: () => undefined }) },
  },
  {
    id: 'raw-bind-refuses-the-general',
    says: 'Binding to the unspecified and to the loopback address fails.',
    kills: ['3.bind-to-loopback', '3.bind-to-the-wildcard'],
    seed: {
      calls: ({ calls }) => ({
        bind: (socket, address) => {
          if (['::', '::1'].includes(address.address)) throw refused('bind', 'EADDRNOTAVAIL', 99);
          calls.bind(socket, address);
        },
      }),
    },
  },
  {
    id: 'raw-associations-are-forever',
    says: 'A connected socket stays connected: the attempt to dissolve its association fails.',
    kills: ['3.connect-selects-the-source'],
    seed: {
      calls: ({ calls }) => ({
        connect: (socket, address) => {
          if (address === undefined) throw refused('connect', 'EAFNOSUPPORT', 97);
          calls.connect(socket, address);
        },
      }),
    },
  },
  {
    id: 'raw-sender-has-no-scope',
    says: 'The address of a link-local sender comes without the interface.',
    kills: ['3.senders-address'],
    seed: {
      calls: ({ calls }) => ({
        receiveMessage: (socket, room, flags) => {
          const incoming = calls.receiveMessage(socket, room, flags);
          return incoming?.from === undefined
            ? incoming
            : { ...incoming, from: { ...incoming.from, scope: 0 } };
        },
      }),
    },
  },
  {
    id: 'raw-truncates-in-silence',
    says: 'What does not fit into the buffer of a reader is lost without the flag that tells it.',
    kills: ['3.a-message-larger-than-the-buffer'],
    seed: {
      calls: ({ calls }) => ({
        receiveMessage: (socket, room, flags) => {
          const incoming = calls.receiveMessage(socket, room, flags);
          return incoming === undefined ? undefined : { ...incoming, truncated: false };
        },
      }),
    },
  },
  {
    id: 'raw-queue-is-unbounded',
    says: 'A small receive buffer bounds nothing.',
    kills: ['3.a-full-queue'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          if (option !== 'receive-buffer' || value?.readInt32LE() !== 4096)
            calls.setOption(socket, option, value, length);
        },
      }),
    },
  },
  {
    id: 'raw-is-always-readable',
    says: 'poll says that there is something to read when there is not.',
    kills: ['3.readiness'],
    seed: {
      calls: ({ calls }) => ({
        poll: (socket, timeout) => ({ ...calls.poll(socket, timeout), readable: true }),
      }),
    },
  },
  {
    id: 'raw-behaves-like-a-stream',
    says: 'Raw sockets listen, accept and shut down as those of a stream do.',
    kills: ['3.*-connect', '3.accept', '3.listen', '3.names-of-a-connected-socket', '3.sending-*'],
    seed: {
      calls: ({ calls }) => {
        const closed = new Set<Descriptor>();
        return {
          listen: () => undefined,
          accept: () => calls.socket({ family: 'inet6', type: 'datagram', protocol: 0 }),
          shutdown: (socket) => {
            closed.add(socket);
          },
          close: (socket) => {
            closed.delete(socket);
            calls.close(socket);
          },
          peerAddress: () => ({ address: '::' }),
          send: (socket, data, flags) => {
            if (closed.has(socket)) throw refused('send', 'EPIPE', 32);
            try {
              return calls.send(socket, data, flags);
            } catch {
              throw refused('send', 'ENOTCONN', 107);
            }
          },
        };
      },
    },
  },
  {
    id: 'raw-takes-options-of-ipv4',
    says: 'Options of IPv4 are accepted on IPv6 sockets, and those of IPv6 are not on a socket with a mapped peer.',
    kills: ['13.ipv6-options-of-a-mapped-socket', '3.an-option-of-ipv4'],
    seed: {
      calls: ({ calls }) => {
        const mapped = new Set<Descriptor>();
        return {
          connect: (socket, address) => {
            calls.connect(socket, address);
            if (isMapped(address)) mapped.add(socket);
          },
          close: (socket) => {
            mapped.delete(socket);
            calls.close(socket);
          },
          setOption: (socket, option, value, length) => {
            if (mapped.has(socket)) throw refused('setsockopt', 'ENOPROTOOPT', 92);
            if (typeof option === 'string' || option.level !== 0)
              calls.setOption(socket, option, value, length);
          },
        };
      },
    },
  },
];
