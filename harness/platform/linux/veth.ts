import type { Endpoint, GroundLink, Tap } from '../../lab/ground';
import type { Neighbor } from '../../lab/laboratory';
import { ip } from './commands';
import { interfaceOf } from './interfaces';
import type { NetworkNamespace } from './namespaces';
import { disableOffloads } from './offloads';
import { openTap } from './tap';

/** What a link is to be: its devices have the names in their own namespaces. */
export interface VethPlan {
  readonly name: { readonly host: string; readonly peer: string };
  readonly mtu: number;
  readonly host: OnEthernet<Endpoint>;
  readonly peer: OnEthernet<Endpoint> & { readonly neighbor: OnEthernet<Neighbor> };
}

type OnEthernet<T> = T & { readonly hardwareAddress: string };

/**
 * Makes a veth pair between two namespaces, with the host's addresses on its end, and entries for all neighbors so that the
 * host never has to ask for one. The host's end is IPv6's only; on the peer's there is only a capture.
 * @throws LabError when the link cannot be made
 */
export function makeVeth(host: NetworkNamespace, peer: NetworkNamespace, plan: VethPlan): GroundLink {
  const { name, mtu } = plan;
  const addresses = plan.peer;
  const neighbors: readonly (readonly [string, string])[] = [
    ...[addresses.address, addresses.secondAddress, addresses.linkLocal].map(
      (address) => [address, addresses.hardwareAddress] as const,
    ),
    [addresses.neighbor.linkLocal, addresses.neighbor.hardwareAddress],
  ];
  host.run(() => {
    const peerNamespace = `/proc/${String(process.pid)}/fd/${String(peer.descriptor)}`;
    ip([
      `link add ${name.host} mtu ${String(mtu)} address ${plan.host.hardwareAddress} type veth peer name ${name.peer} mtu ${String(mtu)} address ${addresses.hardwareAddress} netns ${peerNamespace}`,
      `addr add ${plan.host.linkLocal}/64 dev ${name.host} nodad`,
      `addr add ${plan.host.address}/64 dev ${name.host} nodad`,
      // Deprecated: the kernel uses it when a program asks for it, and never by itself.
      `addr add ${plan.host.secondAddress}/64 dev ${name.host} nodad preferred_lft 0`,
      `link set ${name.host} up`,
      ...neighbors.map(
        ([address, hardware]) => `neigh add ${address} dev ${name.host} lladdr ${hardware} nud permanent`,
      ),
    ]);
    disableOffloads(name.host);
  });
  const wire = peer.run((): Tap => {
    ip([
      // libpcap warns about an interface without an IPv4 address.
      `addr add 169.254.53.2/16 dev ${name.peer}`,
      `link set ${name.peer} up`,
    ]);
    disableOffloads(name.peer);
    return openTap(name.peer);
  });
  return {
    host: { ...plan.host, interface: host.run(() => interfaceOf(name.host)) },
    peer: plan.peer,
    wire,
  };
}
