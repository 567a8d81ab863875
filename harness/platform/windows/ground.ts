import { LabError } from '../../errors';
import type { Ground, GroundLink } from '../../lab/ground';
import { openPlainIcmpv6 } from '../../native/raw-socket';
import { noAdministration, noCounters, noHeaders, noInet6Functions } from './absent';
import { openBulkSender } from './bulk';
import { loopbackInterface } from './interfaces';
import { openLoopbackTap } from './loopback-tap';
import { system } from './system';

/** What every ground of Windows has in common. The host is this machine itself. */
export function groundOf(
  link: GroundLink,
): Omit<Ground, 'name' | 'secondLink' | 'unusableInterface' | 'close'> {
  return {
    ...link,
    isolated: false,
    system,
    host: { ...link.host, loopbackInterface: loopbackInterface() },
    headers: () => noHeaders,
    library: noInet6Functions,
    loopback: openLoopbackTap,
    onHost: (action) => action(),
    hold: () => () => undefined,
    unprivileged: () => {
      throw new LabError('Cannot give privileges up: Windows gives them to a process when it starts');
    },
    plainIcmpv6: openPlainIcmpv6,
    bulk: openBulkSender,
    settings: noCounters,
    administration: noAdministration,
    offloads: [],
  };
}
