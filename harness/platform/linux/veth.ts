import type { GroundLink, Tap } from '../../lab/ground';
import { ip } from './commands';
import { interfaceOf } from './interfaces';
import type { NetworkNamespace } from './namespaces';
import { disableOffloads } from './offloads';
import { addressing } from './addressing';
import type { LinkPlan } from '../plans';
import { openTap } from './tap';

/** The name of the other end of a pair. */
const endOf = (name: string): string => `${name}-end`;

/**
 * Makes a veth pair between two namespaces, with the host's addresses on its end, and entries for all neighbors so that the
 * host never has to ask for one. The host's end is IPv6's only; on the peer's there is only a capture.
 * @throws LabError when the link cannot be made
 */
export function makeVeth(host: NetworkNamespace, peer: NetworkNamespace, plan: LinkPlan): GroundLink {
  const { name, mtu, ethernet } = plan;
  const peerName = endOf(name);
  const neighbors: readonly (readonly [string, string])[] = [
    ...[plan.peer.address, plan.peer.secondAddress, plan.peer.linkLocal].map(
      (address) => [address, ethernet.peer] as const,
    ),
    [plan.neighbor.linkLocal, ethernet.neighbor],
  ];
  host.run(() => {
    const peerNamespace = `/proc/${String(process.pid)}/fd/${String(peer.descriptor)}`;
    ip([
      `link add ${name} mtu ${String(mtu)} address ${ethernet.host} type veth peer name ${peerName} mtu ${String(mtu)} address ${ethernet.peer} netns ${peerNamespace}`,
      ...addressing(plan),
      ...neighbors.map(
        ([address, hardware]) => `neigh add ${address} dev ${name} lladdr ${hardware} nud permanent`,
      ),
    ]);
    disableOffloads(name);
  });
  const wire = peer.run((): Tap => {
    ip([
      // libpcap warns about an interface without an IPv4 address.
      `addr add 169.254.53.2/16 dev ${peerName}`,
      `link set ${peerName} up`,
    ]);
    disableOffloads(peerName);
    return openTap(peerName);
  });
  return {
    host: { ...plan.host, hardwareAddress: ethernet.host, interface: host.run(() => interfaceOf(name)) },
    peer: {
      ...plan.peer,
      hardwareAddress: ethernet.peer,
      neighbor: { ...plan.neighbor, hardwareAddress: ethernet.neighbor },
    },
    wire,
  };
}

/** A veth pair with both ends in the calling thread's namespace: their names. */
export function makeVethPair(name: string, mtu: number): readonly string[] {
  const other = endOf(name);
  ip([`link add ${name} mtu ${String(mtu)} type veth peer name ${other}`]);
  return [name, other];
}
