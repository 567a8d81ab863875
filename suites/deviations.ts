import type { Deviation } from '../harness';
import { expectedOfWindows } from './windows';

/** A line of Linux, as the release has it in which it was read. */
const kernel = (file: string, line: number): string =>
  `https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/${file}?h=v6.12.117#n${String(line)}`;

/** A line of the GNU C library. The headers of 2.31 and 2.43 say the same. */
const glibc = (file: string, line: number): string =>
  `https://sourceware.org/git/?p=glibc.git;a=blob;f=${file};hb=refs/tags/glibc-2.36#l${String(line)}`;

/** Rules that fail for one reason, each with its observation. */
function known(
  why: Pick<Deviation, 'reason' | 'link' | 'libc'> & { readonly builds?: string },
  observed: Readonly<Record<string, string>>,
): Deviation[] {
  return Object.entries(observed).map(([rule, instead]) => ({
    builds: '*',
    ...why,
    rule,
    platform: 'linux',
    observed: instead,
  }));
}

/** What systems are known to do instead of what a rule demands, in the RFC's order. Those of Linux were observed, not assumed. */
export const deviations: readonly Deviation[] = [
  // 2 Definitions, 5 and 20 ancillary data, 10 library functions, 14 and 15: the C library
  ...known(
    {
      libc: 'glibc *',
      reason:
        'The C library still splits the reserved word of RFC 2292: one byte, and the strict/loose bit map beside it.',
      link: glibc('inet/netinet/ip6.h', 90),
    },
    { '2.1.2.type-0-routing-layout': 'sizeof(((struct ip6_rthdr0 *) 0)->ip6r0_reserved) is 1' },
  ),
  ...known(
    {
      libc: 'glibc *',
      reason: 'The C library keeps the address array of RFC 2292 as an array of no elements.',
      link: glibc('inet/netinet/ip6.h', 92),
    },
    { '2.1.2.type-0-routing-holds-no-addresses': 'offsetof(struct ip6_rthdr0, ip6r0_addr) is 8' },
  ),
  ...known(
    {
      libc: 'glibc *',
      reason: 'The C library calls it IP6OPT_TYPE_MUTABLE.',
      link: glibc('inet/netinet/ip6.h', 130),
    },
    {
      '2.1.3.mutable-bit': 'IP6OPT_MUTABLE is not defined',
      '15.ip6-constants': 'sizeof(IP6OPT_MUTABLE) > 0 is not defined',
    },
  ),
  ...known(
    {
      libc: 'glibc *',
      reason: 'The C library reads the length of the object that it is given without looking for NULL.',
      link: glibc('sysdeps/unix/sysv/linux/bits/socket.h', 317),
    },
    { '5.1.begins-after-null': 'CMSG_NXTHDR(&m, (struct cmsghdr *) 0) == first is SIGSEGV' },
  ),
  ...known(
    {
      libc: 'glibc *',
      reason: 'The C library declares the alignment as uint8_t, not as unsigned int.',
      link: glibc('inet/netinet/in.h', 579),
    },
    {
      '10.prototypes':
        '__builtin_types_compatible_p(__typeof__(inet6_opt_append), int (void *, socklen_t, int, uint8_t, socklen_t, unsigned int, void **)) is 0',
    },
  ),
  ...known(
    {
      libc: 'glibc *',
      reason:
        'The C library aligns where the data begins: the largest field, which is the last, is then misaligned unless the ones before it happen to fill it up.',
      link: glibc('inet/inet6_opt.c', 104),
    },
    { '10.2.aligns-the-end-of-the-data': '[ 4, 3, 1 ]' },
  ),
  ...known(
    {
      libc: 'glibc *',
      reason: 'The C library hands the family to getaddrinfo, and when that refuses it sets no errno.',
      link: glibc('inet/rexec.c', 70),
    },
    { '14.3.refuses-other-families': 's == -1 && errno == EAFNOSUPPORT is 0' },
  ),
  ...known(
    {
      libc: 'glibc *',
      reason:
        'The C library does not define IPV6_USE_MIN_MTU: Linux reserves its number and does not have the option.',
      link: glibc('sysdeps/unix/sysv/linux/bits/in.h', 216),
    },
    { '15.in-constants': 'sizeof(IPV6_USE_MIN_MTU) > 0 is not defined' },
  ),
  ...known(
    {
      libc: 'glibc *',
      reason:
        'The C library declares the family as sa_family_t, and the port of rexec_af as int: callers do not notice.',
      link: glibc('resolv/netdb.h', 558),
    },
    {
      '15.netdb-prototypes':
        '__builtin_types_compatible_p(__typeof__(rresvport_af), int (int *, int)) is 0, __builtin_types_compatible_p(__typeof__(rcmd_af), int (char **, unsigned short, const char *, const char *, const char *, int *, int)) is 0, __builtin_types_compatible_p(__typeof__(rexec_af), int (char **, unsigned short, const char *, const char *, const char *, int *, int)) is 0',
    },
  ),

  // 3 Raw sockets
  ...known(
    {
      reason:
        'The kernel copies the first two bytes of each piece beforehand, to look at the type (rawv6_probe_proto_opt). raw6_getfrag adds those to the sum where the piece begins, at an odd offset with their bytes swapped, and then sets odd to 0: the rest of the piece, which begins at an odd offset too, is added without swapping. ICMPv6 and Mobility messages are probed, so other raw sockets do not have it.',
      link: kernel('net/ipv6/raw.c', 726),
    },
    { '3.1.corked-at-an-odd-offset': 'checksum 0xbd21' },
  ),
  ...known(
    {
      reason:
        'A socket of IPPROTO_RAW starts with IPV6_HDRINCL on: what the program writes must begin with an IPv6 header, and is sent as it is.',
      link: kernel('net/ipv6/af_inet6.c', 212),
    },
    {
      '3.protocol-255-sends-payload': 'sendto fails with EINVAL',
      '3.protocol-255-takes-no-header': 'next header 89',
    },
  ),
  ...known(
    {
      reason:
        'The kernel copies as many bytes into the filter as the option has, which for length zero is none: it succeeds and changes nothing.',
      link: kernel('net/ipv6/raw.c', 945),
    },
    {
      '3.2.zero-length-removes-with-null': 'passes none',
      '3.2.zero-length-removes-with-a-value': 'passes none',
      '3.2.zero-length-lets-messages-in-again': 'messages of types none',
    },
  ),

  // 4, 6 Options, ancillary data and packet information
  ...known(
    {
      reason: 'getsockopt has no case for IPV6_PKTINFO, whether it was set or not.',
      link: kernel('net/ipv6/ipv6_sockglue.c', 1097),
    },
    {
      '4.sticky-packet-info-reads-back': 'getsockopt fails with ENOPROTOOPT',
      '4.unset-packet-info-is-unspecified': 'getsockopt fails with ENOPROTOOPT',
    },
  ),
  ...known(
    {
      reason: 'Linux defines the number of IPV6_NEXTHOP and implements nothing for it.',
      link: kernel('include/uapi/linux/in6.h', 163),
    },
    {
      '4.sticky-next-hop-reads-back': 'setsockopt fails with ENOPROTOOPT',
      '4.unset-next-hop-has-no-length': 'getsockopt fails with ENOPROTOOPT',
      '6.the-next-hop-can-be-given': 'sendmsg fails with EINVAL',
      '6.4.ancillary-next-hop-takes-the-packet': 'sendmsg fails with EINVAL',
      '6.4.sticky-next-hop-takes-every-packet': 'setsockopt fails with ENOPROTOOPT',
      '6.4.it-is-privileged': 'setsockopt fails with ENOPROTOOPT',
      '6.4.it-must-be-a-neighbor': 'sendmsg fails with EINVAL',
      '6.4.the-destination-as-next-hop-avoids-routers': 'sendmsg fails with EINVAL',
      '6.4.ignored-for-multicast': 'sendmsg fails with EINVAL',
      '6.4.reachable-over-the-given-interface': 'sendmsg fails with EINVAL',
      '6.4.cleared-by-no-length': 'setsockopt fails with ENOPROTOOPT',
      '6.7.ancillary-next-hop-selects': 'sendmsg fails with EINVAL',
      '6.7.sticky-next-hop-selects': 'setsockopt fails with ENOPROTOOPT',
      '6.7.ancillary-next-hop-over-sticky-next-hop': 'setsockopt fails with ENOPROTOOPT',
    },
  ),
  ...known(
    {
      reason:
        'Any extension header among the ancillary data makes Linux drop all sticky ones: the rule of RFC 2292.',
      link: kernel('net/ipv6/raw.c', 853),
    },
    {
      '4.2.sticky-hop-by-hop-options-stay-with-ancillary-destination-options': 'destination of 8 bytes',
      '4.2.sticky-destination-options-stay-with-ancillary-hop-by-hop-options': 'hop-by-hop of 8 bytes',
    },
  ),
  ...known(
    {
      reason:
        'Linux refuses extension headers shorter than a header among the ancillary data, so none can be empty.',
      link: kernel('net/ipv6/datagram.c', 903),
    },
    {
      '4.2.empty-ancillary-hop-by-hop-options-suppress-sticky': 'sendmsg fails with EINVAL',
      '4.2.empty-ancillary-destination-options-suppress-sticky': 'sendmsg fails with EINVAL',
    },
  ),
  ...known(
    {
      reason: 'A raw socket stores a sticky IPV6_PKTINFO and never reads it when it sends.',
      link: kernel('net/ipv6/ipv6_sockglue.c', 800),
    },
    {
      '6.cleared-by-the-unspecified-address': 'source fd00:3542::1',
      '6.2.sticky-source-is-the-default': 'source fd00:3542::1',
      '6.2.ancillary-source-overrides-sticky': 'source fd00:3542::1',
      '6.7.sticky-packet-info-selects': 'the first link',
      '6.7.sticky-packet-info-over-multicast-interface': 'the first link',
    },
  ),
  ...known(
    {
      reason:
        'With a global source address Linux takes the interface for a preference: the route to the destination decides.',
      link: kernel('net/ipv6/route.c', 2688),
    },
    { '6.1.index-binds-with-a-source': "[ 'on the other link, from fd00:3542::1' ]" },
  ),
  ...known(
    {
      reason: 'Linux stores a sticky IPV6_PKTINFO with an address on a TCP socket too.',
      link: kernel('net/ipv6/ipv6_sockglue.c', 800),
    },
    { '6.2.tcp-takes-no-sticky-source': 'succeeds' },
  ),
  ...known(
    {
      builds: '>=4.7',
      reason: 'Linux cuts the int to 16 bits before it looks whether it is in range.',
      link: kernel('include/net/ipv6.h', 357),
    },
    {
      '6.3.hop-limit-beyond-16-bits-is-refused':
        "[ '-2147483648 succeeds', '-65537 succeeds', '65535 succeeds', '65536 succeeds', '65600 succeeds', '2147483647 succeeds' ]",
    },
  ),
  ...known(
    {
      builds: '>=6.15 || >=6.12.35 <6.13',
      reason:
        'The commit removed the step that puts the default of the socket in the place of -1; a byte of the cork then makes 255 of it.',
      link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=096208592b09c2f5fc0c1a174694efa41c04209d',
    },
    {
      '6.5.ancillary-minus-1-is-the-default': 'traffic class 255',
      '6.5.ancillary-minus-1-over-a-sticky-class': 'traffic class 255',
      'linux-tclass-minus-one.minus-one-is-the-default': 'traffic class 255',
    },
  ),

  // 7, 11, 20 Routing header, path MTU, amounts of ancillary data
  ...known(
    {
      reason:
        'Ancillary data may hold a routing header of type 2 alone. Segment routing, type 4, is there as a sticky option only, and type 0 is refused for RFC 5095.',
      link: kernel('net/ipv6/datagram.c', 978),
    },
    { '7.ancillary-header-goes-out': 'sendmsg fails with EINVAL' },
  ),
  ...known(
    {
      reason:
        'Linux treats multicast like unicast: it sends with the MTU of the path, at first that of the link.',
      link: kernel('net/ipv6/ip6_output.c', 1406),
    },
    { '11.1.multicast-uses-the-minimum': 'in one packet' },
  ),
  ...known(
    {
      reason: 'Linux has no IPV6_USE_MIN_MTU: its number is reserved in the header, and nothing takes it.',
      link: kernel('include/uapi/linux/in6.h', 242),
    },
    {
      '11.1.values-are-taken': 'setsockopt fails with ENOPROTOOPT',
      '11.1.default': 'getsockopt fails with ENOPROTOOPT',
      '11.1.other-values-are-invalid': 'ENOPROTOOPT',
      '11.1.values-are-taken-as-ancillary-data': 'sendmsg fails with EINVAL',
      '11.1.sticky-1-fragments-to-the-minimum': 'setsockopt fails with ENOPROTOOPT',
      '11.1.sticky-0-uses-the-path-mtu': 'setsockopt fails with ENOPROTOOPT',
      '11.1.ancillary-1-fragments-to-the-minimum': 'sendmsg fails with EINVAL',
      '11.1.ancillary-0-uses-the-path-mtu': 'sendmsg fails with EINVAL',
    },
  ),
  ...known(
    {
      reason:
        'An indication is made where a local send is too big, and nowhere else: a received Packet Too Big updates the path MTU without one.',
      link: kernel('net/ipv6/ip6_output.c', 1495),
    },
    {
      '11.3.packet-too-big-is-indicated': '[]',
      '11.3.every-socket-is-told-of-a-packet-too-big': '[ [], [] ]',
    },
  ),
  ...known(
    {
      builds: '<5.18',
      reason:
        'Not to fragment was kept for UDP and for sockets of IPPROTO_RAW only; 13651224c00b of Linux 5.18 adds those of ICMPv6.',
      link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=13651224c00b',
    },
    {
      '11.2.sticky-discards-what-is-too-big': '2',
      '11.2.ancillary-discards-what-is-too-big': '2',
      '11.2.ancillary-data-count-for-one-message': '3',
      '11.3.sender-is-told-with-sticky-option': '[]',
      '11.3.sender-is-told-with-ancillary-option': '[]',
      '11.3.indication-is-an-empty-message': '[]',
      '11.3.indication-names-the-zone': '[]',
      '11.3.connected-sender-is-told': '[]',
      '11.3.buffered-messages-come-first': "[ 'message' ]",
    },
  ),
  ...known(
    {
      builds: '>=5.18',
      reason: 'A receive looks for an indication before it looks into the queue.',
      link: kernel('net/ipv6/raw.c', 448),
    },
    { '11.3.buffered-messages-come-first': "[ 'indication', 'message' ]" },
  ),
  ...known(
    {
      reason: 'The indication of a local send is put on the socket that sent, and on no other.',
      link: kernel('net/ipv6/datagram.c', 384),
    },
    { '11.3.every-socket-is-told-of-a-send': '[]' },
  ),
  ...known(
    {
      reason:
        'A setting of the system, net.core.optmem_max, limits the ancillary data of a send, whatever the send buffer.',
      link: kernel('net/socket.c', 2601),
    },
    { '20.1.only-the-send-buffer-limits': 'ENOBUFS' },
  ),
  ...known(
    {
      builds: '<6.1',
      reason:
        'A datagram socket of ICMPv6 summed the last piece of a large message alone; since 87445f369cca of Linux 6.1 it adds the sums of all.',
      link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=87445f369cca2965620e79f87145d3d7fa35befd',
    },
    { 'linux-87445f369cca.a-large-request-carries-its-checksum': 'checksum 0xbedd' },
  ),
  ...expectedOfWindows,
];
