import { LabError } from '../../errors';
import type { NetworkInterface, Unusable } from '../../lab/laboratory';
import { set } from './administration';
import { ip } from './commands';
import { libcFunction } from './libc';

const MTU = 1500;

const indexOf = libcFunction('unsigned int if_nametoindex(const char *)');

/** An interface of the calling thread's namespace over which no IPv6 packet can leave. @throws LabError */
export function makeUnusable(kind: Unusable): NetworkInterface {
  // Both ends stay here, and both are of no use.
  const [name, other] = kind === 'down' ? ['not-up', 'not-up-end'] : ['without6', 'without6-end'];
  ip([`link add ${name} mtu ${String(MTU)} type veth peer name ${other}`]);
  if (kind === 'without-ipv6') {
    for (const end of [name, other]) set(`ipv6/conf/${end}/disable_ipv6`, '1');
    ip([`link set ${name} up`, `link set ${other} up`]);
  }
  const index = indexOf(`find the interface ${name}`, name);
  if (index === 0) throw new LabError(`Cannot find the interface ${name}: it was made and is not there`);
  return { name, index, mtu: MTU };
}
