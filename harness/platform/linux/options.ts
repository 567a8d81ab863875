import type { OptionTable } from '../../socket/options';

const SOL_SOCKET = 1;
const SOL_IPV6 = 41;
const SOL_ICMPV6 = 58;
const SOL_RAW = 255;

/** Linux's numbers, from `linux/in6.h`, `linux/icmpv6.h` and `asm-generic/socket.h`. */
export const options: OptionTable = {
  checksum: { level: SOL_IPV6, name: 7 },
  'icmp6-filter': { level: SOL_ICMPV6, name: 1 },
  'receive-packet-info': { level: SOL_IPV6, name: 49 },
  'receive-hop-limit': { level: SOL_IPV6, name: 51 },
  'receive-routing-header': { level: SOL_IPV6, name: 56 },
  'receive-hop-by-hop-options': { level: SOL_IPV6, name: 53 },
  'receive-destination-options': { level: SOL_IPV6, name: 58 },
  'receive-traffic-class': { level: SOL_IPV6, name: 66 },
  'receive-path-mtu': { level: SOL_IPV6, name: 60 },
  'packet-info': { level: SOL_IPV6, name: 50 },
  'hop-limit': { level: SOL_IPV6, name: 52 },
  'next-hop': { level: SOL_IPV6, name: 9 },
  'routing-header': { level: SOL_IPV6, name: 57 },
  'hop-by-hop-options': { level: SOL_IPV6, name: 54 },
  'destination-options': { level: SOL_IPV6, name: 59 },
  'routing-header-destination-options': { level: SOL_IPV6, name: 55 },
  'traffic-class': { level: SOL_IPV6, name: 67 },
  'use-min-mtu': { level: SOL_IPV6, name: 63 },
  'dont-fragment': { level: SOL_IPV6, name: 62 },
  'path-mtu': { level: SOL_IPV6, name: 61 },
  'unicast-hops': { level: SOL_IPV6, name: 16 },
  'multicast-interface': { level: SOL_IPV6, name: 17 },
  'multicast-hops': { level: SOL_IPV6, name: 18 },
  'multicast-loop': { level: SOL_IPV6, name: 19 },
  'join-group': { level: SOL_IPV6, name: 20 },
  'leave-group': { level: SOL_IPV6, name: 21 },
  v6only: { level: SOL_IPV6, name: 26 },
  type: { level: SOL_SOCKET, name: 3 },
  protocol: { level: SOL_SOCKET, name: 38 },
  error: { level: SOL_SOCKET, name: 4 },
  'receive-buffer': { level: SOL_SOCKET, name: 8 },
  'send-buffer': { level: SOL_SOCKET, name: 7 },
  'header-included': { level: SOL_IPV6, name: 36 },
  'checksum-at-raw-level': { level: SOL_RAW, name: 7 },
  'receive-errors': { level: SOL_IPV6, name: 25 },
  mtu: { level: SOL_IPV6, name: 24 },
  'mtu-discover': { level: SOL_IPV6, name: 23 },
};
