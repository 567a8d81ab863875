/** What a rule may need of a machine and a laboratory. Each is found by trying, before the first rule runs. */
export const NEEDS = {
  'raw-icmpv6': 'raw ICMPv6 sockets',
  wire: 'a capture of what the host sends',
  peer: 'a peer that puts packets on the wire',
  'loopback-wire': 'a capture of what the host sends to itself',
  link: 'a link of its own, with multicast, link-local addresses and an MTU of 1500',
  'second-link': 'a second link between the host and the peer',
  'raw-socket-package': 'the raw-socket package',
  sendmmsg: 'a system call that sends many messages',
  'message-more': 'a message that is handed over in several calls (MSG_MORE)',
  'socket-write': 'sockets that can be written like files',
  'drop-privilege': 'a process that can give up its network privileges and take them back',
  'c-compiler': 'a C compiler with the headers of the system',
  'inet6-functions': 'the inet6_rth_* and inet6_opt_* functions in the C library',
} as const;

export type Need = keyof typeof NEEDS;

/** `true`, or the reason why not, with what helps. */
export type Capabilities = Readonly<Record<Need, true | string>>;
