import type { Ground, Tap } from '../../lab/ground';
import { openPlainIcmpv6 } from '../../native/raw-socket';
import { stayOnProcessor } from './affinity';
import { administrationOf, set, settingsOf } from './administration';
import { openBulkSender } from './bulk';
import { ip } from './commands';
import { interfaceOf } from './interfaces';
import { NetworkNamespace } from './namespaces';
import { disableOffloads, offloadsOf } from './offloads';
import { withoutNetworkPrivileges } from './privileges';
import { system } from './system';
import { openTap } from './tap';

const HOST = {
  address: 'fd00:3542::1',
  secondAddress: 'fd00:3542::11',
  linkLocal: 'fe80::1',
  hardwareAddress: '02:00:00:00:35:01',
} as const;

const PEER = {
  address: 'fd00:3542::2',
  secondAddress: 'fd00:3542::22',
  linkLocal: 'fe80::2',
  hardwareAddress: '02:00:00:00:35:02',
} as const;

const DEVICE = 'host';
const MTU = 1500;

/** Before the link is made, so that the kernel asks nothing of a peer that does not answer, and says nothing of its own. */
const QUIET = {
  'ipv6/conf/default/accept_dad': '0',
  'ipv6/conf/default/dad_transmits': '0',
  'ipv6/conf/default/accept_ra': '0',
  'ipv6/conf/default/autoconf': '0',
  'ipv6/conf/default/router_solicitations': '0',
  'ipv6/conf/default/addr_gen_mode': '1',
  // Milliseconds until the second report of a group, so that both have crossed when the first rule runs.
  'ipv6/conf/default/mldv2_unsolicited_report_interval': '1',
  // Rules ask for more errors than a rate limit would let through.
  'ipv6/icmp/ratelimit': '0',
} as const;

/**
 * The laboratory of Linux: a veth pair between two network namespaces without names. The host's end has an IPv6 stack; on
 * the peer's end there is only a capture.
 * @throws SyscallError EPERM without privilege, LabError when the link cannot be made
 */
export function openLinkGround(): Ground {
  const host = NetworkNamespace.create();
  const peer = NetworkNamespace.create();

  host.run(() => {
    for (const [setting, value] of Object.entries(QUIET)) set(setting, value);
    const peerNamespace = `/proc/${String(process.pid)}/fd/${String(peer.descriptor)}`;
    ip([
      `link set lo up`,
      `link add ${DEVICE} mtu ${String(MTU)} address ${HOST.hardwareAddress} type veth peer name peer mtu ${String(MTU)} address ${PEER.hardwareAddress} netns ${peerNamespace}`,
      `addr add ${HOST.linkLocal}/64 dev ${DEVICE} nodad`,
      `addr add ${HOST.address}/64 dev ${DEVICE} nodad`,
      // Deprecated: the kernel uses it when a program asks for it, and never by itself.
      `addr add ${HOST.secondAddress}/64 dev ${DEVICE} nodad preferred_lft 0`,
      `link set ${DEVICE} up`,
      ...[PEER.address, PEER.secondAddress, PEER.linkLocal].map(
        (address) => `neigh add ${address} dev ${DEVICE} lladdr ${PEER.hardwareAddress} nud permanent`,
      ),
      `route add default via ${PEER.linkLocal} dev ${DEVICE}`,
    ]);
    disableOffloads(DEVICE);
  });
  const wire = peer.run((): Tap => {
    set('ipv6/conf/all/disable_ipv6', '1');
    set('ipv6/conf/default/disable_ipv6', '1');
    ip([
      'link set lo up',
      // libpcap warns about an interface without an IPv4 address.
      'addr add 169.254.53.2/16 dev peer',
      'link set peer up',
    ]);
    disableOffloads('peer');
    return openTap('peer');
  });

  return {
    name: 'link',
    system,
    host: {
      ...HOST,
      interface: host.run(() => interfaceOf(DEVICE)),
      loopbackInterface: host.run(() => interfaceOf('lo')),
    },
    peer: PEER,
    wire,
    loopback: () => host.run(() => openTap('lo')),
    onHost: (action) => host.run(action),
    hold: stayOnProcessor,
    unprivileged: withoutNetworkPrivileges,
    plainIcmpv6: () => host.run(openPlainIcmpv6),
    bulk: (destination) => host.run(() => openBulkSender(destination)),
    settings: settingsOf(host),
    administration: administrationOf(host),
    offloads: host.run(() => offloadsOf(DEVICE)),
    close: () => {
      host.close();
      peer.close();
    },
  };
}
