import { LabError } from '../../errors';
import type { Ground } from '../../lab/ground';
import { groundOf } from './ground';
import { loopbackInterface } from './interfaces';
import { openLoopbackTap } from './loopback-tap';

const LOOPBACK = { address: '::1', secondAddress: '::1', linkLocal: '::1' } as const;

/**
 * The laboratory of a machine without Wintun: the host sends to itself, and Npcap captures it.
 * @throws LabError without a capture
 */
export function openLoopbackGround(): Ground {
  const wire = openLoopbackTap();
  return {
    ...groundOf({
      host: { ...LOOPBACK, interface: loopbackInterface() },
      // No other node is there.
      peer: { ...LOOPBACK, neighbor: { linkLocal: '::1', hardwareAddress: undefined } },
      wire,
    }),
    name: 'loopback',
    loopback: () => wire,
    secondLink: () => {
      throw new LabError('Cannot make a second link: the loopback laboratory has one interface');
    },
    unusableInterface: () => {
      throw new LabError('Cannot make an interface: the loopback laboratory has the one that there is');
    },
    close: () => undefined,
  };
}
