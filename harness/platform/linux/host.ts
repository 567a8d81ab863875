import type { Ground, GroundLink } from '../../lab/ground';
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
 * A host in a network namespace of its own, with an IPv6 stack that says nothing by itself.
 * @throws SyscallError EPERM without privilege, LabError where the kernel has no IPv6
 */
export function makeHost(): NetworkNamespace {
  const host = NetworkNamespace.create();
  host.run(() => {
    for (const [setting, value] of Object.entries(QUIET)) set(setting, value);
    ip(['link set lo up']);
  });
  return host;
}

/** What every ground has in common whose host is the system in this namespace, behind this link. */
export function groundOf(
  host: NetworkNamespace,
  link: GroundLink,
): Omit<Ground, 'name' | 'isolated' | 'loopback' | 'secondLink' | 'unusableInterface' | 'close'> {
  return {
    ...link,
    system,
    host: { ...link.host, loopbackInterface: host.run(() => interfaceOf('lo')) },
    headers: headersOn((action) => host.run(action)),
    library: inet6Functions,
    onHost: (action) => host.run(action),
    hold: stayOnProcessor,
    unprivileged: withoutNetworkPrivileges,
    plainIcmpv6: () => host.run(openPlainIcmpv6),
    bulk: (destination) => host.run(() => openBulkSender(destination)),
    settings: settingsOf(host),
    administration: administrationOf(host),
    offloads: host.run(() => offloadsOf(link.host.interface.name)),
  };
}
