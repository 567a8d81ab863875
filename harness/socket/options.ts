/**
 * Socket options by meaning. A system says which level and number each has, or why it has none; the compiler asks every
 * system about every option.
 */
export const OPTION_NAMES = [
  // RFC 3542 §3
  'checksum',
  'icmp6-filter',
  // RFC 3542 §4: what a receiver wants to be told
  'receive-packet-info',
  'receive-hop-limit',
  'receive-routing-header',
  'receive-hop-by-hop-options',
  'receive-destination-options',
  'receive-traffic-class',
  'receive-path-mtu',
  // RFC 3542 §4: sticky options and ancillary data
  'packet-info',
  'hop-limit',
  'next-hop',
  'routing-header',
  'hop-by-hop-options',
  'destination-options',
  'routing-header-destination-options',
  'traffic-class',
  // RFC 3542 §11
  'use-min-mtu',
  'dont-fragment',
  'path-mtu',
  // RFC 3493 §5
  'unicast-hops',
  'multicast-interface',
  'multicast-hops',
  'multicast-loop',
  'join-group',
  'leave-group',
  'v6only',
  // Sockets in general
  'type',
  'protocol',
  'error',
  'receive-buffer',
  'send-buffer',
  // What a system has beyond the RFC, where a rule looks at it
  'header-included',
  'checksum-at-raw-level',
  'receive-errors',
  'mtu',
  'mtu-discover',
] as const;

export type OptionName = (typeof OPTION_NAMES)[number];

/** Where an option is on a system, or why it is not there. */
export type OptionPlace = { readonly level: number; readonly name: number } | { readonly absent: string };

export type OptionTable = Readonly<Record<OptionName, OptionPlace>>;

/** An option by its meaning, or by numbers for rules about wrong numbers. */
export type Option = OptionName | { readonly level: number; readonly name: number };
