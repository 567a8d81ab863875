import type { Defect } from '../defect';
import { redefined, removed } from './redefined';

const after = (text: string): Defect['seed'] => ({ headers: { 'netinet/ip6.h': text } });

/** What a system can do wrong in <netinet/ip6.h> (RFC 3542 §2.1). A member that is another's second name moves without a sound. */
export const ip6HeaderDefects: readonly Defect[] = [
  {
    id: 'ip6-header-unusable',
    says: '<netinet/ip6.h> does not compile.',
    kills: [
      '2.ip6-header-*',
      '2.1.ip6-*',
      '2.1.accessors-*',
      '2.1.hops-*',
      '2.1.2.*',
      '2.1.3.*-layout',
      '2.1.3.type-macro-keeps-two-bits',
      '2.1.3.classes-of-unknown-options',
      '2.1.3.option-types',
      '2.1.3.router-alert-values-in-network-order',
      '15.ip6-*',
    ],
    seed: after('#error unusable'),
  },
  {
    id: 'ip6-header-includes-icmp6',
    says: '<netinet/ip6.h> brings the names of <netinet/icmp6.h> along.',
    kills: ['2.ip6-header-includes-others'],
    seed: after(redefined({ ICMP6_ECHO_REQUEST: 128 })),
  },
  {
    id: 'hop-limit-has-one-name',
    says: 'struct ip6_hdr lost ip6_hops.',
    kills: ['2.1.hops-names-the-hop-limit'],
    seed: after(removed('ip6_hops')),
  },
  {
    id: 'flow-and-length-swapped',
    says: 'ip6_plen stands for the flow word of struct ip6_hdr.',
    kills: ['2.1.ip6-hdr-layout'],
    seed: after(redefined({ ip6_plen: 'ip6_flow' })),
  },
  {
    id: 'ip6-hdr-union-renamed',
    says: 'The members behind the short names of struct ip6_hdr are not those of the RFC.',
    kills: ['2.1.ip6-hdr-layout', '2.1.accessors-resolve-into-the-union'],
    seed: after(redefined({ ip6_un2_vfc: 'ip6_version' })),
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
    seed: after(
      redefined({
        ip6h_nxt: 'ip6h_len',
        ip6r_nxt: 'ip6r_len',
        ip6r0_nxt: 'ip6r0_len',
        ip6f_nxt: 'ip6f_reserved',
      }),
    ),
  },
  {
    id: 'type-0-routing-without-the-old-array',
    says: 'struct ip6_rthdr0 ends where the RFC ends it: the one failure of the system that this mends.',
    kills: ['2.1.2.type-0-routing-holds-no-addresses'],
    seed: after(redefined({ ip6r0_addr: 'ip6r0_addresses' })),
  },
  {
    id: 'fragment-masks-in-host-order',
    says: 'The masks and values of fields of two bytes are in host byte order, as if the field had been converted.',
    kills: ['2.1.2.fragment-masks-in-network-order', '2.1.3.router-alert-values-in-network-order'],
    seed: after(redefined({ IP6F_OFF_MASK: 'htons(0xf8ff)', IP6_ALERT_RSVP: 'htons(0x0100)' })),
  },
  {
    id: 'option-class-of-three-bits',
    says: 'IP6OPT_TYPE keeps the mutable bit, and an option to discard has the bits of one to skip.',
    kills: ['2.1.3.type-macro-keeps-two-bits', '2.1.3.classes-of-unknown-options'],
    seed: after(redefined({ 'IP6OPT_TYPE(o)': '((o) & 0xe0)', IP6OPT_TYPE_DISCARD: '0x00' })),
  },
  {
    id: 'mutable-bit-misplaced',
    says: 'IP6OPT_MUTABLE has the value of another bit.',
    kills: ['2.1.3.mutable-bit', '15.ip6-constants'],
    seed: after(redefined({ IP6OPT_MUTABLE: '0x10' })),
  },
  {
    id: 'option-types-of-drafts',
    says: 'Router alert has the option type of an old draft.',
    kills: ['2.1.3.option-types'],
    seed: after(redefined({ IP6OPT_ROUTER_ALERT: 20 })),
  },
  {
    id: 'options-padded',
    says: 'The structures of options begin with the length.',
    kills: ['2.1.3.*-layout'],
    seed: after(
      redefined({
        ip6o_type: 'ip6o_len',
        ip6oj_type: 'ip6oj_len',
        ip6on_type: 'ip6on_len',
        ip6ot_type: 'ip6ot_len',
        ip6or_type: 'ip6or_len',
      }),
    ),
  },
  {
    id: 'ip6-summary-with-gaps',
    says: '<netinet/ip6.h> lacks a constant and a structure of the summary.',
    kills: ['2.1.3.option-types', '2.1.3.router-alert-layout', '15.ip6-constants', '15.ip6-structures'],
    seed: after(`${removed('IP6OPT_PADN')}\n#define ip6_opt_router old_ip6_opt_router`),
  },
];
