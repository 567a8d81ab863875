import { wordsOf } from '../../errors';
import type { Ground } from '../../lab/ground';
import { NEEDS, type Capabilities, type Need } from '../../lab/needs';
import { loadPackage } from '../../native/packages';
import { cCompiler } from './c-probe';
import { hasInet6Functions } from './inet6-functions';

const ASK: Readonly<Record<Need, (ground: Ground) => true | string>> = {
  'raw-icmpv6': (ground) =>
    tried(() => {
      openAndClose(ground);
    }),
  wire: () => true,
  peer: () => true,
  'loopback-wire': () =>
    tried(() => {
      loadPackage('cap');
    }),
  link: (ground) =>
    ground.isolated ||
    'The loopback laboratory has no link: run it with --lab link or tun, where namespaces can be had.',
  'second-link': (ground) =>
    ground.isolated ||
    'The loopback laboratory has one interface: run it with --lab link or tun, where namespaces can be had.',
  'raw-socket-package': (ground) =>
    tried(() => {
      ground.plainIcmpv6().close();
    }),
  sendmmsg: () => true,
  'message-more': () => true,
  'socket-write': () => true,
  'drop-privilege': (ground) =>
    tried(() => {
      ground.unprivileged(() => undefined);
    }),
  'c-compiler': cCompiler,
  'inet6-functions': hasInet6Functions,
};

/** Tries everything that a rule may need. */
export function capabilities(ground: Ground): Capabilities {
  const asked = Object.keys(NEEDS) as Need[];
  return Object.fromEntries(asked.map((need) => [need, ASK[need](ground)])) as Capabilities;
}

function openAndClose(ground: Ground): void {
  const { calls } = ground.system;
  calls.close(ground.onHost(() => calls.socket({ family: 'inet6', type: 'raw', protocol: 58 })));
}

function tried(action: () => void): true | string {
  try {
    action();
    return true;
  } catch (error) {
    return wordsOf(error);
  }
}
