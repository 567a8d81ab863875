import { wordsOf } from '../../errors';
import type { Ground } from '../../lab/ground';
import { NEEDS, type Capabilities, type Need } from '../../lab/needs';

const ASK: Readonly<Record<Need, (ground: Ground) => true | string>> = {
  'raw-icmpv6': (ground) =>
    tried(() => {
      const { calls } = ground.system;
      calls.close(calls.socket({ family: 'inet6', type: 'raw', protocol: 58 }));
    }),
  wire: () => true,
  peer: () => true,
  'loopback-wire': (ground) =>
    tried(() => {
      ground.loopback();
    }),
  link: (ground) => ground.name === 'tun' || 'The loopback laboratory has no link: run it with --lab tun.',
  'second-link': (ground) =>
    ground.name === 'tun' || 'The loopback laboratory has one interface: run it with --lab tun.',
  'raw-socket-package': (ground) =>
    tried(() => {
      ground.plainIcmpv6().close();
    }),
  sendmmsg: () => 'Not applicable: Winsock has no call that sends many messages.',
  'message-more': () => 'Not applicable: Winsock has no MSG_MORE, a datagram is handed over in one call.',
  'socket-write': () => 'Not applicable: Winsock has no write(), a socket is no file of the C library.',
  'drop-privilege': () => 'Windows gives a process its privileges when it starts: run it as another user.',
  'c-compiler': () =>
    'Not applicable: Windows has none of the header files of RFC 3542, such as netinet/icmp6.h.',
  'inet6-functions': () => 'Not applicable: Windows has none of the functions inet6_rth_* and inet6_opt_*.',
};

/** Tries everything that a rule may need. */
export function capabilities(ground: Ground): Capabilities {
  const asked = Object.keys(NEEDS) as Need[];
  return Object.fromEntries(asked.map((need) => [need, ASK[need](ground)])) as Capabilities;
}

function tried(action: () => void): true | string {
  try {
    action();
    return true;
  } catch (error) {
    return wordsOf(error);
  }
}
