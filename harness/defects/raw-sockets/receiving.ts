import type { Descriptor, SocketKind } from '../../socket/system-calls';
import type { Defect } from '../defect';

const isIcmpv6 = ({ family, type, protocol }: SocketKind): boolean =>
  family === 'inet6' && type === 'raw' && protocol === 58;

/** What a host can do wrong with what a raw socket receives. */
export const rawReceivingDefects: readonly Defect[] = [
  {
    id: 'raw-two-copies-at-most',
    says: 'A message is handed to two raw sockets at most.',
    kills: [
      '3.every-socket-gets-a-copy',
      '3.2.sockets-read-their-own-filter',
      '7.received-header-is-an-object',
      '9.1.received-header-is-an-object',
      '9.1.before-and-after-a-routing-header',
      '12.any-order-is-received',
    ],
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
    kills: ['3.readiness', '11.3.readiness-and-peeking'],
    seed: {
      calls: ({ calls }) => ({
        poll: (socket, timeout) => ({ ...calls.poll(socket, timeout), readable: true }),
      }),
    },
  },
];
