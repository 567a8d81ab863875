import { LabError } from '../../errors';
import type { NetworkInterface, Unusable } from '../../lab/laboratory';
import { set } from './administration';
import { ip } from './commands';
import { libcFunction } from './libc';

const MTU = 1500;
const NAMES: Readonly<Record<Unusable, string>> = { down: 'not-up', 'without-ipv6': 'without6' };

const indexOf = libcFunction('unsigned int if_nametoindex(const char *)');

/**
 * An interface of the calling thread's namespace over which no IPv6 packet can leave. `makeDevice` makes one that is down,
 * and names it and whatever came with it: all are of no use.
 * @throws LabError
 */
export function makeUnusable(
  kind: Unusable,
  makeDevice: (name: string, mtu: number) => readonly string[],
): NetworkInterface {
  const name = NAMES[kind];
  const devices = makeDevice(name, MTU);
  if (kind === 'without-ipv6') {
    for (const device of devices) set(`ipv6/conf/${device}/disable_ipv6`, '1');
    ip(devices.map((device) => `link set ${device} up`));
  }
  const index = indexOf(`find the interface ${name}`, name);
  if (index === 0) throw new LabError(`Cannot find the interface ${name}: it was made and is not there`);
  return { name, index, mtu: MTU };
}
