import type { Ground } from '../../lab/ground';
import { set } from './administration';
import { ip } from './commands';
import { groundOf, makeHost } from './host';
import { NetworkNamespace } from './namespaces';
import { FIRST, SECOND } from '../plans';
import { openTap } from './tap';
import { makeUnusable } from './unusable';
import { makeVeth, makeVethPair } from './veth';

/**
 * The laboratory of Linux: a veth pair between two network namespaces without names. The host's end has an IPv6 stack; on
 * the peer's end there is only a capture.
 * @throws SyscallError EPERM without privilege, LabError when the link cannot be made
 */
export function openLinkGround(): Ground {
  const host = makeHost();
  const peer = NetworkNamespace.create();
  peer.run(() => {
    set('ipv6/conf/all/disable_ipv6', '1');
    set('ipv6/conf/default/disable_ipv6', '1');
    ip(['link set lo up']);
  });
  const link = makeVeth(host, peer, FIRST);
  host.run(() => {
    ip([`route add default via ${FIRST.peer.linkLocal} dev ${FIRST.name}`]);
  });
  return {
    ...groundOf(host, link),
    name: 'link',
    isolated: true,
    loopback: () => host.run(() => openTap('lo')),
    secondLink: () => makeVeth(host, peer, SECOND),
    unusableInterface: (kind) => host.run(() => makeUnusable(kind, makeVethPair)),
    // The capture ends with the process (native/cap.ts), and its package aborts when the device is gone before.
    close: () => undefined,
  };
}
