import type { Deviation } from '../harness';

const RAW_C = 'https://github.com/torvalds/linux/blob/v6.12/net/ipv6/raw.c';
const AF_INET6_C = 'https://github.com/torvalds/linux/blob/v6.12/net/ipv6/af_inet6.c';
const HEADER_INCLUDED =
  'A socket of IPPROTO_RAW starts with IPV6_HDRINCL on: what the program writes must begin with an IPv6 header, and is sent as it is.';
const ZERO_LENGTH_FILTER =
  'The kernel copies as many bytes into the filter as the option has, which for length zero is none: it succeeds and changes nothing.';

/** What systems are known to do instead of what a rule demands. Each was observed, not assumed. In the RFC's order. */
export const deviations: readonly Deviation[] = [
  // 2 Definitions, 5 and 20 ancillary data, 7 and 10 library functions, 15 summary
  {
    rule: '2.1.2.type-0-routing-layout',
    platform: 'linux',
    builds: '*',
    observed: 'sizeof(((struct ip6_rthdr0 *) 0)->ip6r0_reserved) is 1',
    reason:
      'The C library still splits the reserved word of RFC 2292: one byte, and the strict/loose bit map beside it.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=inet/netinet/ip6.h;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '2.1.2.type-0-routing-holds-no-addresses',
    platform: 'linux',
    builds: '*',
    observed: 'offsetof(struct ip6_rthdr0, ip6r0_addr) is 8',
    reason: 'The C library keeps the address array of RFC 2292 as an array of no elements.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=inet/netinet/ip6.h;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '2.1.3.mutable-bit',
    platform: 'linux',
    builds: '*',
    observed: 'IP6OPT_MUTABLE is not defined',
    reason: 'The C library calls it IP6OPT_TYPE_MUTABLE.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=inet/netinet/ip6.h;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '5.1.begins-after-null',
    platform: 'linux',
    builds: '*',
    observed: 'CMSG_NXTHDR(&m, (struct cmsghdr *) 0) == first is SIGSEGV',
    reason: 'The C library reads the length of the object that it is given without looking for NULL.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/bits/socket.h;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '10.prototypes',
    platform: 'linux',
    builds: '*',
    observed:
      '__builtin_types_compatible_p(__typeof__(inet6_opt_append), int (void *, socklen_t, int, uint8_t, socklen_t, unsigned int, void **)) is 0',
    reason: 'The C library declares the alignment as uint8_t, not as unsigned int.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=inet/netinet/in.h;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '10.2.aligns-the-end-of-the-data',
    platform: 'linux',
    builds: '*',
    observed: '[ 4, 3, 1 ]',
    reason:
      'The C library aligns where the data begins: the largest field, which is the last, is then misaligned unless the ones before it happen to fill it up.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=inet/inet6_opt.c;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '14.3.refuses-other-families',
    platform: 'linux',
    builds: '*',
    observed: 's == -1 && errno == EAFNOSUPPORT is 0',
    reason: 'The C library hands the family to getaddrinfo, and when that refuses it sets no errno.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=inet/rexec.c;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '15.in-constants',
    platform: 'linux',
    builds: '*',
    observed: 'sizeof(IPV6_USE_MIN_MTU) > 0 is not defined',
    reason:
      'Linux reserves the number of IPV6_USE_MIN_MTU and does not have the option; the C library does not define it.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/bits/in.h;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '15.ip6-constants',
    platform: 'linux',
    builds: '*',
    observed: 'sizeof(IP6OPT_MUTABLE) > 0 is not defined',
    reason: 'The C library calls it IP6OPT_TYPE_MUTABLE.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=inet/netinet/ip6.h;hb=refs/tags/glibc-2.36',
  },
  {
    rule: '15.netdb-prototypes',
    platform: 'linux',
    builds: '*',
    observed:
      '__builtin_types_compatible_p(__typeof__(rresvport_af), int (int *, int)) is 0, __builtin_types_compatible_p(__typeof__(rcmd_af), int (char **, unsigned short, const char *, const char *, const char *, int *, int)) is 0, __builtin_types_compatible_p(__typeof__(rexec_af), int (char **, unsigned short, const char *, const char *, const char *, int *, int)) is 0',
    reason:
      'The C library declares the family as sa_family_t, and the port of rexec_af as int: callers do not notice.',
    link: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=resolv/netdb.h;hb=refs/tags/glibc-2.36',
  },

  // 3 Raw sockets, 13 mapped addresses
  {
    rule: '3.1.corked-at-an-odd-offset',
    platform: 'linux',
    builds: '*',
    observed: 'checksum 0xbd21',
    reason:
      'raw6_getfrag forgets the odd offset after the first bytes that it had copied to look at the type: it adds the rest of the piece to the sum with its bytes swapped.',
    link: RAW_C,
  },
  {
    rule: '3.protocol-255-sends-payload',
    platform: 'linux',
    builds: '*',
    observed: 'sendto fails with EINVAL',
    reason: HEADER_INCLUDED,
    link: AF_INET6_C,
  },
  {
    rule: '3.protocol-255-takes-no-header',
    platform: 'linux',
    builds: '*',
    observed: 'next header 89',
    reason: HEADER_INCLUDED,
    link: AF_INET6_C,
  },
  {
    rule: '3.2.zero-length-removes-with-null',
    platform: 'linux',
    builds: '*',
    observed: 'passes none',
    reason: ZERO_LENGTH_FILTER,
    link: RAW_C,
  },
  {
    rule: '3.2.zero-length-removes-with-a-value',
    platform: 'linux',
    builds: '*',
    observed: 'passes none',
    reason: ZERO_LENGTH_FILTER,
    link: RAW_C,
  },
  {
    rule: '3.2.zero-length-lets-messages-in-again',
    platform: 'linux',
    builds: '*',
    observed: 'messages of types none',
    reason: ZERO_LENGTH_FILTER,
    link: RAW_C,
  },

  // 4 Header access
  {
    rule: '4.sticky-packet-info-reads-back',
    platform: 'linux',
    builds: '*',
    observed: 'getsockopt fails with ENOPROTOOPT',
    reason: 'getsockopt has no case for IPV6_PKTINFO, whether it was set or not.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '4.sticky-next-hop-reads-back',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '4.unset-packet-info-is-unspecified',
    platform: 'linux',
    builds: '*',
    observed: 'getsockopt fails with ENOPROTOOPT',
    reason: 'getsockopt has no case for IPV6_PKTINFO, whether it was set or not.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '4.unset-next-hop-has-no-length',
    platform: 'linux',
    builds: '*',
    observed: 'getsockopt fails with ENOPROTOOPT',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '4.2.sticky-hop-by-hop-options-stay-with-ancillary-destination-options',
    platform: 'linux',
    builds: '*',
    observed: 'destination of 8 bytes',
    reason:
      'Any extension header among the ancillary data makes Linux drop all sticky ones: the rule of RFC 2292.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/raw.c',
  },
  {
    rule: '4.2.sticky-destination-options-stay-with-ancillary-hop-by-hop-options',
    platform: 'linux',
    builds: '*',
    observed: 'hop-by-hop of 8 bytes',
    reason:
      'Any extension header among the ancillary data makes Linux drop all sticky ones: the rule of RFC 2292.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/raw.c',
  },
  {
    rule: '4.2.empty-ancillary-hop-by-hop-options-suppress-sticky',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason:
      'Linux refuses extension headers shorter than a header among the ancillary data, so none can be empty.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '4.2.empty-ancillary-destination-options-suppress-sticky',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason:
      'Linux refuses extension headers shorter than a header among the ancillary data, so none can be empty.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },

  // 6 Packet information
  {
    rule: '6.the-next-hop-can-be-given',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '6.cleared-by-the-unspecified-address',
    platform: 'linux',
    builds: '*',
    observed: 'source fd00:3542::1',
    reason: 'A raw socket stores a sticky IPV6_PKTINFO and never reads it when it sends.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.1.index-binds-with-a-source',
    platform: 'linux',
    builds: '*',
    observed: "[ 'on the other link, from fd00:3542::1' ]",
    reason:
      'With a global source address Linux takes the interface for a preference: the route to the destination decides.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/route.c',
  },
  {
    rule: '6.2.sticky-source-is-the-default',
    platform: 'linux',
    builds: '*',
    observed: 'source fd00:3542::1',
    reason: 'A raw socket stores a sticky IPV6_PKTINFO and never reads it when it sends.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.2.ancillary-source-overrides-sticky',
    platform: 'linux',
    builds: '*',
    observed: 'source fd00:3542::1',
    reason: 'A raw socket stores a sticky IPV6_PKTINFO and never reads it when it sends.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.2.tcp-takes-no-sticky-source',
    platform: 'linux',
    builds: '*',
    observed: 'succeeds',
    reason: 'Linux stores a sticky IPV6_PKTINFO with an address on a TCP socket too.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.3.hop-limit-beyond-16-bits-is-refused',
    platform: 'linux',
    builds: '>=4.7',
    observed:
      "[ '-2147483648 succeeds', '-65537 succeeds', '65535 succeeds', '65536 succeeds', '65600 succeeds', '2147483647 succeeds' ]",
    reason: 'Linux cuts the int to 16 bits before it looks whether it is in range.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '6.4.ancillary-next-hop-takes-the-packet',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '6.4.sticky-next-hop-takes-every-packet',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.4.it-is-privileged',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.4.it-must-be-a-neighbor',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '6.4.the-destination-as-next-hop-avoids-routers',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '6.4.ignored-for-multicast',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '6.4.reachable-over-the-given-interface',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '6.4.cleared-by-no-length',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.5.ancillary-minus-1-is-the-default',
    platform: 'linux',
    builds: '>=6.12',
    observed: 'traffic class 255',
    reason:
      'Since 6.12 or earlier Linux stores the -1 in a byte of the cork, which makes 255 of it; 6.1 had a fallback to the default.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/raw.c',
  },
  {
    rule: '6.5.ancillary-minus-1-over-a-sticky-class',
    platform: 'linux',
    builds: '>=6.12',
    observed: 'traffic class 255',
    reason:
      'Since 6.12 or earlier Linux stores the -1 in a byte of the cork, which makes 255 of it; 6.1 had a fallback to the default.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/raw.c',
  },
  {
    rule: '6.7.sticky-packet-info-selects',
    platform: 'linux',
    builds: '*',
    observed: 'the first link',
    reason: 'A raw socket stores a sticky IPV6_PKTINFO and never reads it when it sends.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.7.sticky-packet-info-over-multicast-interface',
    platform: 'linux',
    builds: '*',
    observed: 'the first link',
    reason: 'A raw socket stores a sticky IPV6_PKTINFO and never reads it when it sends.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.7.ancillary-next-hop-selects',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c',
  },
  {
    rule: '6.7.sticky-next-hop-selects',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },
  {
    rule: '6.7.ancillary-next-hop-over-sticky-next-hop',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ipv6_sockglue.c',
  },

  // 7, 8, 9, 12 Extension headers
  {
    rule: '7.ancillary-header-goes-out',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason:
      'Ancillary data may hold a routing header of type 2 alone. Segment routing, type 4, is there as a sticky option only, and type 0 is refused for RFC 5095.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c?h=v6.18',
  },

  // 11 Path MTU
  {
    rule: '11.1.values-are-taken',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/in6.h?h=v6.18',
  },
  {
    rule: '11.1.default',
    platform: 'linux',
    builds: '*',
    observed: 'getsockopt fails with ENOPROTOOPT',
    reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/in6.h?h=v6.18',
  },
  {
    rule: '11.1.other-values-are-invalid',
    platform: 'linux',
    builds: '*',
    observed: 'ENOPROTOOPT',
    reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/in6.h?h=v6.18',
  },
  {
    rule: '11.1.values-are-taken-as-ancillary-data',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/in6.h?h=v6.18',
  },
  {
    rule: '11.1.sticky-1-fragments-to-the-minimum',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/in6.h?h=v6.18',
  },
  {
    rule: '11.1.sticky-0-uses-the-path-mtu',
    platform: 'linux',
    builds: '*',
    observed: 'setsockopt fails with ENOPROTOOPT',
    reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/in6.h?h=v6.18',
  },
  {
    rule: '11.1.ancillary-1-fragments-to-the-minimum',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/in6.h?h=v6.18',
  },
  {
    rule: '11.1.ancillary-0-uses-the-path-mtu',
    platform: 'linux',
    builds: '*',
    observed: 'sendmsg fails with EINVAL',
    reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/in6.h?h=v6.18',
  },
  {
    rule: '11.1.multicast-uses-the-minimum',
    platform: 'linux',
    builds: '*',
    observed: 'in one packet',
    reason:
      'Linux treats multicast like unicast: it sends with the MTU of the path, at first that of the link.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/ip6_output.c?h=v6.18',
  },
  {
    rule: '11.3.packet-too-big-is-indicated',
    platform: 'linux',
    builds: '*',
    observed: '[]',
    reason:
      'An indication is made where a local send is too big, and nowhere else: a received Packet Too Big updates the path MTU without one.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c?h=v6.18',
  },
  {
    rule: '11.3.buffered-messages-come-first',
    platform: 'linux',
    builds: '*',
    observed: "[ 'indication', 'message' ]",
    reason: 'A receive looks for an indication before it looks into the queue.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/raw.c?h=v6.18',
  },
  {
    rule: '11.3.every-socket-is-told-of-a-send',
    platform: 'linux',
    builds: '*',
    observed: '[]',
    reason: 'The indication of a local send is put on the socket that sent, and on no other.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c?h=v6.18',
  },
  {
    rule: '11.3.every-socket-is-told-of-a-packet-too-big',
    platform: 'linux',
    builds: '*',
    observed: '[ [], [] ]',
    reason:
      'An indication is made where a local send is too big, and nowhere else: a received Packet Too Big updates the path MTU without one.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/ipv6/datagram.c?h=v6.18',
  },

  // 20 Ancillary data on raw sockets
  {
    rule: '20.1.only-the-send-buffer-limits',
    platform: 'linux',
    builds: '*',
    observed: 'ENOBUFS',
    reason:
      'A setting of the system, net.core.optmem_max, limits the ancillary data of a send, whatever the send buffer.',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/socket.c',
  },

  // Companions and regressions
  {
    rule: 'linux-tclass-minus-one.minus-one-is-the-default',
    platform: 'linux',
    builds: '>=6.12',
    observed: 'traffic class 255',
    reason:
      'A change of how ancillary data are prepared lost the step that puts the default in the place of -1.',
    link: RAW_C,
  },
];
