import { LabError } from '../../errors';
import type { Ground } from '../../lab/ground';
import { ip } from './commands';
import { groundOf } from './host';
import { interfaceOf } from './interfaces';
import { NetworkNamespace } from './namespaces';
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
  const wire = openTap('lo', FILTER);
  return {
    ...groundOf(namespace, {
      host: { ...LOOPBACK, interface: interfaceOf('lo') },
      // No other node is there.
      peer: { ...LOOPBACK, neighbor: LOOPBACK },
      wire,
    }),
    name: 'loopback',
    isolated: false,
    loopback: () => wire,
    unusableInterface: () => {
      throw new LabError('Cannot make an interface: the loopback laboratory has the one that there is');
    },
    secondLink: () => {
      throw new LabError('Cannot make a second link: the loopback laboratory has one interface');
    },
    close: () => {
      namespace.close();
    },
  };
}
