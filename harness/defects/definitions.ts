import type { Defect } from './defect';

/** What a system can do wrong in the headers of RFC 3542 §2. A member that is another's second name moves without a sound. */
export const definitionDefects: readonly Defect[] = [
  {
    id: 'ip6-header-unusable',
    says: '<netinet/ip6.h> does not compile.',
    kills: [
      '2.ip6-header-*',
      '2.1.hops-*',
      '2.1.ip6-*',
      '2.1.accessors-*',
      '2.1.2.*',
      '2.1.3.*-layout',
      '2.1.3.type-*',
      '2.1.3.classes-*',
      '2.1.3.option-types',
      '2.1.3.router-*',
      '15.ip6-*',
    ],
    seed: { headers: '#if defined IP6F_OFF_MASK && !defined ICMP6_FILTER\n#error unusable\n#endif' },
  },
  {
    id: 'icmp6-header-unusable',
    says: '<netinet/icmp6.h> does not compile.',
    kills: [
      '2.icmp6-header-stands-alone',
      '2.2.*',
      '2.2.1.*',
      '2.2.2.*',
      '2.2.3.*',
      '2.2.4.*',
      '15.icmp6-*',
      '17.not-neighbor-code',
    ],
    seed: { headers: '#ifdef ICMP6_FILTER\n#error unusable\n#endif' },
  },
  {
    id: 'hop-limit-has-one-name',
    says: 'struct ip6_hdr lost ip6_hops.',
    kills: ['2.1.hops-names-the-hop-limit'],
    seed: { headers: '#undef ip6_hops' },
  },
  {
    id: 'flow-and-length-swapped',
    says: 'ip6_plen stands for the flow word of struct ip6_hdr.',
    kills: ['2.1.ip6-hdr-layout'],
    seed: { headers: '#undef ip6_plen\n#define ip6_plen ip6_flow' },
  },
  {
    id: 'ip6-hdr-union-renamed',
    says: 'The members behind the short names of struct ip6_hdr are not those of the RFC.',
    kills: ['2.1.accessors-resolve-into-the-union', '2.1.ip6-hdr-layout'],
    seed: { headers: '#define ip6_un2_vfc ip6_version' },
  },
  {
    id: 'next-headers-confused',
    says: 'IPPROTO_ROUTING has the number of the Fragment header, and IPPROTO_HOPOPTS that of TCP.',
    kills: ['2.1.1.*'],
    seed: {
      headers:
        '#undef IPPROTO_ROUTING\n#define IPPROTO_ROUTING 44\n#undef IPPROTO_HOPOPTS\n#define IPPROTO_HOPOPTS 6',
    },
  },
  {
    id: 'extension-headers-next-and-length-swapped',
    says: 'The next header and the length of the extension headers have changed places.',
    kills: [
      '2.1.2.hop-by-hop-and-destination-layout',
      '2.1.2.routing-layout',
      '2.1.2.type-0-routing-layout',
      '2.1.2.fragment-layout',
    ],
    seed: {
      headers:
        '#define ip6h_nxt ip6h_len\n#define ip6r_nxt ip6r_len\n#define ip6r0_nxt ip6r0_len\n#define ip6f_nxt ip6f_reserved',
    },
  },
  {
    id: 'type-0-routing-without-the-old-array',
    says: 'struct ip6_rthdr0 ends where the RFC ends it: the one failure of the system that this mends.',
    kills: ['2.1.2.type-0-routing-holds-no-addresses'],
    seed: { headers: '#define ip6r0_addr ip6r0_addresses' },
  },
  {
    id: 'masks-in-host-order',
    says: 'Masks, flags and values of fields wider than a byte are in host byte order, as if the field had been converted.',
    kills: [
      '2.1.2.fragment-masks-in-network-order',
      '2.1.3.router-alert-values-in-network-order',
      '2.2.2.neighbor-advertisement-flags-in-network-order',
      '2.2.4.wide-flags-in-network-order',
    ],
    seed: {
      headers: [
        '#undef IP6F_OFF_MASK\n#define IP6F_OFF_MASK htons(0xf8ff)',
        '#undef IP6_ALERT_RSVP\n#define IP6_ALERT_RSVP htons(0x0100)',
        '#undef ND_NA_FLAG_ROUTER\n#define ND_NA_FLAG_ROUTER htonl(0x80)',
        '#undef ICMP6_RR_RESULT_FLAGS_OOB\n#define ICMP6_RR_RESULT_FLAGS_OOB htons(0x0200)',
      ].join('\n'),
    },
  },
  {
    id: 'option-class-of-three-bits',
    says: 'IP6OPT_TYPE keeps the mutable bit, and an option to discard has the bits of one to skip.',
    kills: ['2.1.3.type-macro-keeps-two-bits', '2.1.3.classes-of-unknown-options'],
    seed: {
      headers:
        '#undef IP6OPT_TYPE\n#define IP6OPT_TYPE(o) ((o) & 0xe0)\n#undef IP6OPT_TYPE_DISCARD\n#define IP6OPT_TYPE_DISCARD 0x00',
    },
  },
  {
    id: 'mutable-bit-defined',
    says: 'IP6OPT_MUTABLE has the value of another bit.',
    kills: ['2.1.3.mutable-bit', '15.ip6-constants'],
    seed: { headers: '#undef IP6OPT_MUTABLE\n#define IP6OPT_MUTABLE 0x10' },
  },
  {
    id: 'option-types-of-drafts',
    says: 'Router alert and MTU have option types of an old draft.',
    kills: ['2.1.3.option-types', '2.2.2.option-types'],
    seed: {
      headers:
        '#undef IP6OPT_ROUTER_ALERT\n#define IP6OPT_ROUTER_ALERT 20\n#undef ND_OPT_MTU\n#define ND_OPT_MTU 6',
    },
  },
  {
    id: 'options-padded',
    says: 'The structures of options and of Neighbor Discovery options begin with a length.',
    kills: [
      '2.1.3.*-layout',
      '2.2.2.option-layout',
      '2.2.2.prefix-information-layout',
      '2.2.2.redirected-header-layout',
      '2.2.2.mtu-layout',
    ],
    seed: {
      headers:
        '#define ip6o_type ip6o_len\n#define ip6oj_type ip6oj_len\n#define ip6on_type ip6on_len\n#define ip6ot_type ip6ot_len\n#define ip6or_type ip6or_len\n#define nd_opt_type nd_opt_len\n#define nd_opt_pi_type nd_opt_pi_len\n#define nd_opt_rh_type nd_opt_rh_len\n#define nd_opt_mtu_type nd_opt_mtu_len',
    },
  },
  {
    id: 'checksum-behind-the-code',
    says: 'The checksum of every ICMPv6 structure is where the type is.',
    kills: [
      '2.2.icmp6-hdr-layout',
      '2.2.2.*-solicitation-layout',
      '2.2.2.*-advertisement-layout',
      '2.2.2.redirect-layout',
      '2.2.3.mld-layout',
      '2.2.4.renumbering-layout',
    ],
    seed: { headers: '#define icmp6_cksum icmp6_type' },
  },
  {
    id: 'identifier-and-sequence-swapped',
    says: 'icmp6_id is the second half of the four bytes, and icmp6_data8 only two of them.',
    kills: [
      '2.2.names-of-the-four-bytes',
      '2.2.four-bytes-by-any-width',
      '2.2.2.router-advertisement-layout',
    ],
    seed: {
      headers:
        '#undef icmp6_id\n#define icmp6_id icmp6_data16[1]\n#undef icmp6_data8\n#define icmp6_data8 icmp6_code',
    },
  },
  {
    id: 'icmp6-numbers-of-icmp4',
    says: 'Types and codes have the numbers of ICMPv4 or of an old draft.',
    kills: [
      '2.2.1.*',
      '2.2.2.type-values',
      '2.2.3.type-values',
      '2.2.4.type-value',
      '2.2.4.prefix-control-codes',
    ],
    seed: {
      headers: [
        ['ICMP6_TIME_EXCEEDED', 11],
        ['ICMP6_INFOMSG_MASK', 0x40],
        ['ICMP6_DST_UNREACH_NOPORT', 3],
        ['ICMP6_TIME_EXCEED_REASSEMBLY', 0],
        ['ICMP6_PARAMPROB_OPTION', 1],
        ['ND_REDIRECT', 5],
        ['MLD_LISTENER_REDUCTION', 133],
        ['ICMP6_ROUTER_RENUMBERING', 139],
        ['RPM_PCO_SETGLOBAL', 0],
      ]
        .map(([name, value]) => `#undef ${String(name)}\n#define ${String(name)} ${String(value)}`)
        .join('\n'),
    },
  },
  {
    id: 'flag-bytes-reversed',
    says: 'The flags of advertisements and of router renumbering are counted from the lowest bit.',
    kills: [
      '2.2.2.router-advertisement-flags',
      '2.2.2.prefix-information-layout',
      '2.2.4.flags',
      '2.2.4.use-prefix-flags-of-advertisements',
    ],
    seed: {
      headers:
        '#undef ND_RA_FLAG_MANAGED\n#define ND_RA_FLAG_MANAGED 1\n#undef ND_OPT_PI_FLAG_AUTO\n#define ND_OPT_PI_FLAG_AUTO 2\n#undef ICMP6_RR_FLAGS_TEST\n#define ICMP6_RR_FLAGS_TEST 1\n#undef ICMP6_RR_PCOUSE_RAFLAGS_AUTO\n#define ICMP6_RR_PCOUSE_RAFLAGS_AUTO 8',
    },
  },
  {
    id: 'renumbering-lengths-swapped',
    says: 'The lengths of the parts of router renumbering have changed places.',
    kills: ['2.2.4.match-prefix-layout', '2.2.4.use-prefix-layout', '2.2.4.result-layout'],
    seed: {
      headers:
        '#define rpm_minlen rpm_maxlen\n#define rpu_uselen rpu_keeplen\n#define rrr_ordinal rrr_matchedlen',
    },
  },
  {
    id: 'addresses-equal-in-one-half',
    says: 'IN6_ARE_ADDR_EQUAL compares only the interface identifiers.',
    kills: ['2.3.unequal-addresses'],
    seed: {
      headers:
        '#undef IN6_ARE_ADDR_EQUAL\n#define IN6_ARE_ADDR_EQUAL(a, b) (((a)->s6_addr32[2] == (b)->s6_addr32[2]) && ((a)->s6_addr32[3] == (b)->s6_addr32[3]))',
    },
  },
  {
    id: 'addresses-compared-by-pointer',
    says: 'IN6_ARE_ADDR_EQUAL compares the pointers.',
    kills: ['2.3.equal-addresses'],
    seed: { headers: '#undef IN6_ARE_ADDR_EQUAL\n#define IN6_ARE_ADDR_EQUAL(a, b) ((a) == (b))' },
  },
  {
    id: 'protocols-file-absent',
    says: 'getprotobyname knows no protocol.',
    kills: ['2.4.*'],
    seed: { headers: '#define getprotobyname(name) ((struct protoent *) 0)' },
  },
];
