import type { Ground, GroundLink } from '../../lab/ground';
import { ip } from './commands';
import { groundOf, makeHost } from './host';
import { interfaceOf } from './interfaces';
import type { NetworkNamespace } from './namespaces';
import { disableOffloads } from './offloads';
import { FIRST, SECOND, type LinkPlan } from '../plans';
import { addressing } from './addressing';
import { openTap } from './tap';
import { openTun, type TunDevice } from './tun-device';
import { makeUnusable } from './unusable';

/**
 * The laboratory without a capture: the host's link is a TUN device, and this process is what stands behind it. Every device
 * ends with its descriptor, and the namespace with the last of them.
 * @throws SyscallError EPERM without privilege, LabError where the device cannot be had
 */
export function openTunGround(): Ground {
  const host = makeHost();
  const devices: TunDevice[] = [];
  const open = (name: string, mtu: number): TunDevice => {
    const device = openTun(name);
    devices.push(device);
    ip([`link set ${name} mtu ${String(mtu)}`]);
    return device;
  };
  const close = (): void => {
    for (const device of devices) device.close();
    host.close();
  };
  try {
    const link = makeLink(host, FIRST, open);
    host.run(() => {
      ip([`route add default via ${FIRST.peer.linkLocal} dev ${FIRST.name}`]);
    });
    return {
      ...groundOf(host, link),
      name: 'tun',
      isolated: true,
      loopback: () => host.run(() => openTap('lo')),
      secondLink: () => makeLink(host, SECOND, open),
      unusableInterface: (kind) =>
        host.run(() =>
          makeUnusable(kind, (name, mtu) => {
            open(name, mtu);
            return [name];
          }),
        ),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function makeLink(
  host: NetworkNamespace,
  plan: LinkPlan,
  open: (name: string, mtu: number) => TunDevice,
): GroundLink {
  return host.run(() => {
    const wire = open(plan.name, plan.mtu);
    ip(addressing(plan));
    disableOffloads(plan.name);
    return {
      host: { ...plan.host, interface: interfaceOf(plan.name) },
      peer: { ...plan.peer, neighbor: { ...plan.neighbor, hardwareAddress: undefined } },
      wire,
    };
  });
}
