import type { Endpoint } from '../lab/ground';

/** What a link between the host and its peer is to be. */
export interface LinkPlan {
  /** Of the device on the host's end. */
  readonly name: string;
  readonly mtu: number;
  readonly host: Endpoint;
  readonly peer: Endpoint;
  /** Another node on the peer's end. */
  readonly neighbor: { readonly linkLocal: string };
  /** Addresses of the three where the link is an Ethernet. */
  readonly ethernet: { readonly host: string; readonly peer: string; readonly neighbor: string };
}

export const FIRST: LinkPlan = {
  name: 'host',
  mtu: 1500,
  host: { address: 'fd00:3542::1', secondAddress: 'fd00:3542::11', linkLocal: 'fe80::1' },
  peer: { address: 'fd00:3542::2', secondAddress: 'fd00:3542::22', linkLocal: 'fe80::2' },
  neighbor: { linkLocal: 'fe80::3' },
  ethernet: { host: '02:00:00:00:35:01', peer: '02:00:00:00:35:02', neighbor: '02:00:00:00:35:03' },
};

/** Other addresses everywhere, so that nothing can be taken for the first link; smaller, so that its MTU tells it too. */
export const SECOND: LinkPlan = {
  name: 'second',
  mtu: 1400,
  host: { address: 'fd00:3543::1', secondAddress: 'fd00:3543::11', linkLocal: 'fe80::3543:1' },
  peer: { address: 'fd00:3543::2', secondAddress: 'fd00:3543::22', linkLocal: 'fe80::3543:2' },
  neighbor: { linkLocal: 'fe80::3543:3' },
  ethernet: { host: '02:00:00:00:43:01', peer: '02:00:00:00:43:02', neighbor: '02:00:00:00:43:03' },
};
