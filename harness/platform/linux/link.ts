import type { Ground } from '../../lab/ground';
import { openPlainIcmpv6 } from '../../native/raw-socket';
import { stayOnProcessor } from './affinity';
import { administrationOf, set, settingsOf } from './administration';
import { openBulkSender } from './bulk';
import { headersOn } from './c-probe';
import { ip } from './commands';
import { inet6Functions } from './inet6-functions';
import { interfaceOf } from './interfaces';
import { NetworkNamespace } from './namespaces';
import { offloadsOf } from './offloads';
import { withoutNetworkPrivileges } from './privileges';
import { system } from './system';
import { openTap } from './tap';
import { makeUnusable } from './unusable';
import { makeVeth, type VethPlan } from './veth';

const FIRST: VethPlan = {
  name: { host: 'host', peer: 'peer' },
  mtu: 1500,
  host: {
    address: 'fd00:3542::1',
    secondAddress: 'fd00:3542::11',
    linkLocal: 'fe80::1',
    hardwareAddress: '02:00:00:00:35:01',
  },
  peer: {
    address: 'fd00:3542::2',
    secondAddress: 'fd00:3542::22',
    linkLocal: 'fe80::2',
    hardwareAddress: '02:00:00:00:35:02',
    neighbor: { linkLocal: 'fe80::3', hardwareAddress: '02:00:00:00:35:03' },
  },
};

/** Other addresses everywhere, so that nothing can be taken for the first link; smaller, so that its MTU tells it too. */
const SECOND: VethPlan = {
  name: { host: 'second', peer: 'second' },
  mtu: 1400,
  host: {
    address: 'fd00:3543::1',
    secondAddress: 'fd00:3543::11',
    linkLocal: 'fe80::3543:1',
    hardwareAddress: '02:00:00:00:43:01',
  },
  peer: {
    address: 'fd00:3543::2',
    secondAddress: 'fd00:3543::22',
    linkLocal: 'fe80::3543:2',
    hardwareAddress: '02:00:00:00:43:02',
    neighbor: { linkLocal: 'fe80::3543:3', hardwareAddress: '02:00:00:00:43:03' },
  },
};

/** Before a link is made, so that the kernel asks nothing of a peer that does not answer, and says nothing of its own. */
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
  // Lets the group of root open ICMPv6 datagram sockets.
  'ipv4/ping_group_range': '0 0',
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
    ip(['link set lo up']);
  });
  peer.run(() => {
    set('ipv6/conf/all/disable_ipv6', '1');
    set('ipv6/conf/default/disable_ipv6', '1');
    ip(['link set lo up']);
  });
  const link = makeVeth(host, peer, FIRST);
  host.run(() => {
    ip([`route add default via ${FIRST.peer.linkLocal} dev ${FIRST.name.host}`]);
  });

  return {
    ...link,
    name: 'link',
    system,
    host: { ...link.host, loopbackInterface: host.run(() => interfaceOf('lo')) },
    headers: headersOn((action) => host.run(action)),
    library: inet6Functions,
    loopback: () => host.run(() => openTap('lo')),
    unusableInterface: (kind) => host.run(() => makeUnusable(kind)),
    secondLink: () => makeVeth(host, peer, SECOND),
    onHost: (action) => host.run(action),
    hold: stayOnProcessor,
    unprivileged: withoutNetworkPrivileges,
    plainIcmpv6: () => host.run(openPlainIcmpv6),
    bulk: (destination) => host.run(() => openBulkSender(destination)),
    settings: settingsOf(host),
    administration: administrationOf(host),
    offloads: host.run(() => offloadsOf(FIRST.name.host)),
    // The capture ends with the process (native/cap.ts), and its package aborts when the device is gone before.
    close: () => undefined,
  };
}
