import type { Descriptor, SocketAddress } from '../../socket/system-calls';
import { fail } from '../objects';
import type { Defect } from '../defect';

const MAPPED = '::ffff:';

const isMapped = (address: SocketAddress | undefined): boolean =>
  address?.address.startsWith(MAPPED) === true;

/** What a host can do wrong with the addresses of a raw socket, and with its kind. */
export const rawAssociationDefects: readonly Defect[] = [
  {
    id: 'raw-connects-to-any-family',
    says: 'Connecting a raw ICMPv6 socket to an IPv4 address succeeds, and to a mapped one fails.',
    kills: ['3.ipv4-addresses', '13.connect-to-a-mapped-address', '13.sendto-to-a-mapped-address'],
    seed: {
      calls: ({ calls }) => ({
        connect: (socket, address) => {
          if (isMapped(address) && address?.port === undefined) fail('connect', 'EINVAL');
          if (address?.family !== 'inet') calls.connect(socket, address);
        },
        sendTo: (socket, data, to, flags) => {
          if (isMapped(to)) fail('sendto', 'ENETUNREACH');
          return calls.sendTo(socket, data, to, flags);
        },
      }),
    },
  },
  {
    id: 'raw-bind-is-ignored',
    says: 'Binding succeeds whatever the address, and does nothing.',
    kills: [
      '3.ipv4-addresses',
      '3.bind-selects-the-destination',
      '3.bind-to-a-foreign-address',
      '3.1.covers-the-source-of-bind',
      '6.2.unspecified-is-the-bound-address',
      '6.2.given-source-overrides-the-bound-once',
      '6.2.bind-*',
      '13.bind-to-a-mapped-address',
      '13.packet-information-of-mapped-traffic',
    ],
    seed: { calls: () => ({ bind: () => undefined }) },
  },
  {
    id: 'raw-bind-refuses-the-general',
    says: 'Binding a raw socket to the unspecified and to the loopback address fails.',
    kills: ['3.bind-to-the-wildcard', '3.bind-to-loopback'],
    seed: {
      calls: ({ calls }) => ({
        bind: (socket, address) => {
          // What has a port is no raw socket.
          if (address.port === undefined && ['::', '::1'].includes(address.address))
            fail('bind', 'EADDRNOTAVAIL');
          calls.bind(socket, address);
        },
      }),
    },
  },
  {
    id: 'raw-associations-are-forever',
    says: 'A connected socket stays connected: the attempt to dissolve its association fails.',
    kills: ['3.connect-selects-the-source', '11.4.unconnected-sockets-have-none'],
    seed: {
      calls: ({ calls }) => ({
        connect: (socket, address) => {
          if (address === undefined) fail('connect', 'EAFNOSUPPORT');
          calls.connect(socket, address);
        },
      }),
    },
  },
  {
    id: 'raw-takes-options-of-ipv4',
    says: 'Options of IPv4 are accepted on IPv6 sockets, and those of IPv6 are not on a socket with a mapped peer.',
    kills: ['3.an-option-of-ipv4', '13.ipv6-options-of-a-mapped-socket'],
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
            if (mapped.has(socket)) fail('setsockopt', 'ENOPROTOOPT');
            if (typeof option === 'string' || option.level !== 0)
              calls.setOption(socket, option, value, length);
          },
        };
      },
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
    id: 'raw-behaves-like-a-stream',
    says: 'Raw sockets listen, accept and shut down as those of a stream do.',
    kills: ['3.sending-*', '3.*-connect', '3.listen', '3.accept', '3.names-of-a-connected-socket'],
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
            if (closed.has(socket)) fail('send', 'EPIPE');
            try {
              return calls.send(socket, data, flags);
            } catch {
              fail('send', 'ENOTCONN');
            }
          },
        };
      },
    },
  },
];
