import { LabError } from '../../errors';
import type { Ground } from '../../lab/ground';
import { openPlainIcmpv6 } from '../../native/raw-socket';
import { stayOnProcessor } from './affinity';
import { administrationOf, settingsOf } from './administration';
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
import { inUserNamespace } from './user-namespace';

const LOOPBACK = {
  address: '::1',
  secondAddress: '::1',
  linkLocal: '::1',
  hardwareAddress: '00:00:00:00:00:00',
} as const;

/** Other programs talk over the loopback interface too; this is none of ours. */
const FILTER = 'ip6 and not tcp and not udp';

/**
 * The laboratory of a machine without namespaces: the host sends to itself. What the peer puts on the interface is captured
 * as well, so rules that need a link of their own do not run here.
 * @throws SyscallError EPERM without privilege, LabError without a capture
 */
export function openLoopbackGround(): Ground {
  const namespace = NetworkNamespace.current();
  // In a namespace of its own the interface is down at first.
  if (inUserNamespace()) ip(['link set lo up']);
  const loopbackInterface = interfaceOf('lo');
  const wire = openTap('lo', FILTER);
  return {
    name: 'loopback',
    system,
    headers: headersOn((action) => action()),
    library: inet6Functions,
    host: { ...LOOPBACK, interface: loopbackInterface, loopbackInterface },
    // No other node is there.
    peer: { ...LOOPBACK, neighbor: LOOPBACK },
    wire,
    loopback: () => wire,
    unusableInterface: () => {
      throw new LabError('Cannot make an interface: the loopback laboratory has the one that there is');
    },
    secondLink: () => {
      throw new LabError('Cannot make a second link: the loopback laboratory has one interface');
    },
    onHost: (action) => action(),
    hold: stayOnProcessor,
    unprivileged: withoutNetworkPrivileges,
    plainIcmpv6: openPlainIcmpv6,
    bulk: openBulkSender,
    settings: settingsOf(namespace),
    administration: administrationOf(namespace),
    offloads: offloadsOf('lo'),
    close: () => {
      namespace.close();
    },
  };
}
