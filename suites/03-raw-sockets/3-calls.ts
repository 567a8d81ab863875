import { message, outcomeOf, type Rule, type Socket } from '../../harness';

const PROBE = 200;
const needs: Rule['needs'] = ['raw-icmpv6'];

/** Calls whose errno is recorded, each on a raw ICMPv6 socket; RFC 3542 leaves them to the system. */
const CALLS: Readonly<
  Record<string, { readonly says: string; readonly call: (socket: Socket, to: string) => unknown }>
> = {
  'shutdown-before-connect': {
    says: 'What shutting down a socket gives that is not connected.',
    call: (socket) => {
      socket.shutdown('write');
    },
  },
  'sending-after-shutdown': {
    says: 'What sending gives on a connected socket that was shut down for writing.',
    call: (socket, to) => {
      socket.connect(to);
      socket.shutdown('write');
      return socket.send(message({ type: PROBE }));
    },
  },
  listen: {
    says: 'What listening on a raw socket gives.',
    call: (socket) => {
      socket.listen();
    },
  },
  accept: { says: 'What accepting on a raw socket gives.', call: (socket) => socket.accept() },
  'peer-name-before-connect': {
    says: 'What asking for the peer of a socket gives that is not connected.',
    call: (socket) => socket.peerAddress,
  },
  'bind-to-the-wildcard': {
    says: 'What binding to the unspecified address gives.',
    call: (socket) => {
      socket.bind('::');
    },
  },
  'bind-to-loopback': {
    says: 'What binding to the loopback address gives.',
    call: (socket) => {
      socket.bind('::1');
    },
  },
  'bind-to-a-foreign-address': {
    says: 'What binding to an address gives that the host does not have.',
    call: (socket) => {
      socket.bind('2001:db8:3542::99');
    },
  },
  'an-option-of-ipv4': {
    says: 'What setting an option of IPv4 gives.',
    call: (socket) => {
      socket.setOption({ level: 0, name: 2 }, Buffer.of(64, 0, 0, 0));
    },
  },
};

export const calls: readonly Rule[] = [
  ...Object.entries(CALLS).map(([id, { says, call }]): Rule => ({
    id,
    says,
    covers: ['3-11'],
    needs,
    check: ({ host, peer }) => outcomeOf(() => call(host.rawIcmpv6(), peer.address)),
  })),
  {
    id: 'names-of-a-connected-socket',
    says: 'What the local and the peer address of a connected socket are.',
    covers: ['3-12'],
    needs: ['raw-icmpv6', 'link'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.connect(peer.address);
      const { localAddress: local } = socket;
      const own = local.address === host.address ? "the host's own" : local.address;
      const asked = outcomeOf(() => socket.peerAddress);
      return `local ${own}, port ${String(local.port)}; asking for the peer ${asked}`;
    },
  },
];
