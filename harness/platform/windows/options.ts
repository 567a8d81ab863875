import type { OptionTable } from '../../socket/options';

const SOL_SOCKET = 0xffff;
const IPPROTO_IPV6 = 41;

const absent = (name: string, why: string): { readonly absent: string } => ({
  absent: `The Windows headers define no ${name}: ${why}`,
});

/**
 * Windows' numbers, from `ws2ipdef.h` and `ws2def.h`. What is here need not work: a rule tries it. Winsock has one number for
 * "tell me when you receive" and for the object itself in a control buffer, where RFC 3542 has two.
 */
export const options: OptionTable = {
  checksum: { level: IPPROTO_IPV6, name: 26 },
  'icmp6-filter': absent(
    'ICMP6_FILTER',
    'every ICMPv6 message that the system lets through reaches the socket.',
  ),
  'receive-packet-info': { level: IPPROTO_IPV6, name: 19 },
  'receive-hop-limit': { level: IPPROTO_IPV6, name: 21 },
  'receive-routing-header': { level: IPPROTO_IPV6, name: 38 },
  'receive-hop-by-hop-options': absent(
    'IPV6_RECVHOPOPTS',
    'a receiver gets what follows the last IPv6 header, and is told of none.',
  ),
  'receive-destination-options': absent(
    'IPV6_RECVDSTOPTS',
    'a receiver gets what follows the last IPv6 header, and is told of none.',
  ),
  'receive-traffic-class': { level: IPPROTO_IPV6, name: 40 },
  'receive-path-mtu': absent('IPV6_RECVPATHMTU', 'changes of the path MTU are not reported to sockets.'),
  'packet-info': { level: IPPROTO_IPV6, name: 19 },
  'hop-limit': { level: IPPROTO_IPV6, name: 21 },
  'next-hop': absent('IPV6_NEXTHOP', 'the documentation of WSAMSG names it, without a number.'),
  'routing-header': { level: IPPROTO_IPV6, name: 32 },
  'hop-by-hop-options': { level: IPPROTO_IPV6, name: 1 },
  'destination-options': absent('IPV6_DSTOPTS', 'the documentation of WSAMSG names it, without a number.'),
  'routing-header-destination-options': absent(
    'IPV6_RTHDRDSTOPTS',
    'no destination options stand before a routing header.',
  ),
  'traffic-class': { level: IPPROTO_IPV6, name: 39 },
  'use-min-mtu': absent('IPV6_USE_MIN_MTU', 'IPV6_USER_MTU, which sets an MTU by hand, is the nearest.'),
  'dont-fragment': { level: IPPROTO_IPV6, name: 14 },
  'path-mtu': absent('IPV6_PATHMTU', 'IPV6_MTU of a connected socket is the nearest.'),
  'unicast-hops': { level: IPPROTO_IPV6, name: 4 },
  'multicast-interface': { level: IPPROTO_IPV6, name: 9 },
  'multicast-hops': { level: IPPROTO_IPV6, name: 10 },
  'multicast-loop': { level: IPPROTO_IPV6, name: 11 },
  'join-group': { level: IPPROTO_IPV6, name: 12 },
  'leave-group': { level: IPPROTO_IPV6, name: 13 },
  v6only: { level: IPPROTO_IPV6, name: 27 },
  type: { level: SOL_SOCKET, name: 0x1008 },
  protocol: absent('SO_PROTOCOL', 'SO_PROTOCOL_INFO returns a structure in its place.'),
  error: { level: SOL_SOCKET, name: 0x1007 },
  'receive-buffer': { level: SOL_SOCKET, name: 0x1002 },
  'send-buffer': { level: SOL_SOCKET, name: 0x1001 },
  'header-included': { level: IPPROTO_IPV6, name: 2 },
  'checksum-at-raw-level': absent('SOL_RAW', 'raw sockets have no level of their own.'),
  'receive-errors': { level: IPPROTO_IPV6, name: 75 },
  mtu: { level: IPPROTO_IPV6, name: 72 },
  'mtu-discover': { level: IPPROTO_IPV6, name: 71 },
};
