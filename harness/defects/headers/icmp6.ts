import type { Defect } from '../defect';
import { redefined, removed } from './redefined';

const after = (text: string): Defect['seed'] => ({ headers: { 'netinet/icmp6.h': text } });

/** What a system can do wrong in <netinet/icmp6.h> (RFC 3542 §2.2, §3.2). */
export const icmp6HeaderDefects: readonly Defect[] = [
  {
    id: 'icmp6-header-unusable',
    says: '<netinet/icmp6.h> does not compile.',
    kills: [
      '2.icmp6-header-stands-alone',
      '2.2.*',
      '3.2.macros-*',
      '3.2.number-of-the-option',
      '15.icmp6-*',
      '17.not-neighbor-code',
    ],
    seed: after('#error unusable'),
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
    seed: after(redefined({ icmp6_cksum: 'icmp6_type' })),
  },
  {
    id: 'identifier-and-sequence-swapped',
    says: 'icmp6_id is the second half of the four bytes, and icmp6_data8 only two of them.',
    kills: [
      '2.2.four-bytes-by-any-width',
      '2.2.names-of-the-four-bytes',
      '2.2.2.router-advertisement-layout',
    ],
    seed: after(redefined({ icmp6_id: 'icmp6_data16[1]', icmp6_data8: 'icmp6_code' })),
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
    seed: after(
      redefined({
        ICMP6_TIME_EXCEEDED: 11,
        ICMP6_INFOMSG_MASK: 0x40,
        ICMP6_DST_UNREACH_NOPORT: 3,
        ICMP6_TIME_EXCEED_REASSEMBLY: 0,
        ICMP6_PARAMPROB_OPTION: 1,
        ND_REDIRECT: 5,
        MLD_LISTENER_REDUCTION: 133,
        ICMP6_ROUTER_RENUMBERING: 139,
        RPM_PCO_SETGLOBAL: 0,
      }),
    ),
  },
  {
    id: 'flags-in-host-order',
    says: 'Flags of fields wider than a byte are in host byte order, as if the field had been converted.',
    kills: ['2.2.2.neighbor-advertisement-flags-in-network-order', '2.2.4.wide-flags-in-network-order'],
    seed: after(redefined({ ND_NA_FLAG_ROUTER: 'htonl(0x80)', ICMP6_RR_RESULT_FLAGS_OOB: 'htons(0x0200)' })),
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
    seed: after(
      redefined({
        ND_RA_FLAG_MANAGED: 1,
        ND_OPT_PI_FLAG_AUTO: 2,
        ICMP6_RR_FLAGS_TEST: 1,
        ICMP6_RR_PCOUSE_RAFLAGS_AUTO: 8,
      }),
    ),
  },
  {
    id: 'neighbor-options-padded',
    says: 'The structures of Neighbor Discovery options begin with the length, and the MTU option has an old number.',
    kills: [
      '2.2.2.option-types',
      '2.2.2.option-layout',
      '2.2.2.prefix-information-layout',
      '2.2.2.redirected-header-layout',
      '2.2.2.mtu-layout',
    ],
    seed: after(
      redefined({
        ND_OPT_MTU: 6,
        nd_opt_type: 'nd_opt_len',
        nd_opt_pi_type: 'nd_opt_pi_len',
        nd_opt_rh_type: 'nd_opt_rh_len',
        nd_opt_mtu_type: 'nd_opt_mtu_len',
      }),
    ),
  },
  {
    id: 'renumbering-lengths-swapped',
    says: 'The lengths of the parts of router renumbering have changed places.',
    kills: ['2.2.4.match-prefix-layout', '2.2.4.use-prefix-layout', '2.2.4.result-layout'],
    seed: after(
      redefined({ rpm_minlen: 'rpm_maxlen', rpu_uselen: 'rpu_keeplen', rrr_ordinal: 'rrr_matchedlen' }),
    ),
  },
  {
    id: 'filter-macros-inverted',
    says: 'ICMP6_FILTER_WILLPASS and ICMP6_FILTER_WILLBLOCK are each other.',
    kills: ['3.2.macros-of-*', '3.2.macros-that-look-take-a-constant-filter', '15.icmp6-filter-macros'],
    seed: after(redefined({ ICMP6_FILTER_WILLPASS: 'ICMP6_FILTER_WILLBLOCK' })),
  },
  {
    id: 'filter-macros-keep-the-rest',
    says: 'ICMP6_FILTER_SETPASSALL and ICMP6_FILTER_SETBLOCKALL change the first word alone.',
    kills: ['3.2.macros-of-the-whole-filter', '3.2.macros-of-one-type', '15.icmp6-filter-macros'],
    seed: after(
      redefined({
        'ICMP6_FILTER_SETPASSALL(f)': '((f)->icmp6_filt[0] = 0)',
        'ICMP6_FILTER_SETBLOCKALL(f)': '((f)->icmp6_filt[0] = 0xffffffff)',
      }),
    ),
  },
  {
    id: 'filter-macros-evaluate-again',
    says: 'ICMP6_FILTER_SETPASS evaluates its argument a third time.',
    kills: ['3.2.macros-and-their-argument'],
    seed: after(
      redefined({
        'ICMP6_FILTER_SETPASS(t, f)': '((f)->icmp6_filt[(t) >> 5] &= ~(1U << ((t) & 31)), (void) (t))',
      }),
    ),
  },
  {
    id: 'filter-option-renumbered',
    says: 'ICMP6_FILTER is another number than the kernel’s.',
    kills: ['3.2.number-of-the-option'],
    seed: after(redefined({ ICMP6_FILTER: 2 })),
  },
  {
    id: 'icmp6-summary-with-gaps',
    says: '<netinet/icmp6.h> lacks a constant and a structure of the summary.',
    kills: ['2.2.2.mtu-layout', '2.2.4.flags', '15.icmp6-constants', '15.icmp6-structures'],
    seed: after(`${removed('ICMP6_RR_FLAGS_SPECSITE')}\n#define nd_opt_mtu old_nd_opt_mtu`),
  },
  {
    id: 'not-neighbor-code-kept',
    says: 'ICMP6_DST_UNREACH_NOTNEIGHBOR, which the RFC removed, is still there.',
    kills: ['17.not-neighbor-code'],
    seed: after(redefined({ ICMP6_DST_UNREACH_NOTNEIGHBOR: 2 })),
  },
];
