import { headerRule, messageMembers, section, structure } from '../../harness';

const header = 'netinet/icmp6.h';

export default section('2.2.2', 'ICMPv6 Neighbor Discovery Definitions', [
  headerRule({
    id: 'type-values',
    says: 'The five messages of Neighbor Discovery have their assigned types.',
    covers: ['2.2.2-01'],
    header,
    defines: {
      ND_ROUTER_SOLICIT: 133,
      ND_ROUTER_ADVERT: 134,
      ND_NEIGHBOR_SOLICIT: 135,
      ND_NEIGHBOR_ADVERT: 136,
      ND_REDIRECT: 137,
    },
  }),
  headerRule({
    id: 'router-solicitation-layout',
    says: 'struct nd_router_solicit is a router solicitation without its options.',
    covers: ['2.2.2-02'],
    header,
    defines: structure('struct nd_router_solicit', 8, {
      ...messageMembers('nd_rs', 'hdr'),
      nd_rs_reserved: [4, 4],
    }),
  }),
  headerRule({
    id: 'router-advertisement-layout',
    says: 'struct nd_router_advert is a router advertisement without its options.',
    covers: ['2.2.2-02', '2.2.2-03'],
    header,
    defines: structure('struct nd_router_advert', 16, {
      ...messageMembers('nd_ra', 'hdr'),
      nd_ra_curhoplimit: [4, 1],
      nd_ra_flags_reserved: [5, 1],
      nd_ra_router_lifetime: [6, 2],
      nd_ra_reachable: [8, 4],
      nd_ra_retransmit: [12, 4],
    }),
  }),
  headerRule({
    id: 'neighbor-solicitation-layout',
    says: 'struct nd_neighbor_solicit is a neighbor solicitation without its options.',
    covers: ['2.2.2-02'],
    header,
    defines: structure('struct nd_neighbor_solicit', 24, {
      ...messageMembers('nd_ns', 'hdr'),
      nd_ns_reserved: [4, 4],
      nd_ns_target: [8, 16],
    }),
  }),
  headerRule({
    id: 'neighbor-advertisement-layout',
    says: 'struct nd_neighbor_advert is a neighbor advertisement without its options.',
    covers: ['2.2.2-02'],
    header,
    defines: structure('struct nd_neighbor_advert', 24, {
      ...messageMembers('nd_na', 'hdr'),
      nd_na_flags_reserved: [4, 4],
      nd_na_target: [8, 16],
    }),
  }),
  headerRule({
    id: 'redirect-layout',
    says: 'struct nd_redirect is a redirect without its options.',
    covers: ['2.2.2-02'],
    header,
    defines: structure('struct nd_redirect', 40, {
      ...messageMembers('nd_rd', 'hdr'),
      nd_rd_reserved: [4, 4],
      nd_rd_target: [8, 16],
      nd_rd_dst: [24, 16],
    }),
  }),
  headerRule({
    id: 'router-advertisement-flags',
    says: 'The flags of a router advertisement are the bits of its flags byte.',
    covers: ['2.2.2-03'],
    header,
    defines: { ND_RA_FLAG_MANAGED: 0x80, ND_RA_FLAG_OTHER: 0x40 },
  }),
  headerRule({
    id: 'neighbor-advertisement-flags-in-network-order',
    says: 'The flags of a neighbor advertisement apply to the word as it came from the wire, in network byte order.',
    covers: ['2.2.2-04'],
    header,
    defines: {
      'ntohl(ND_NA_FLAG_ROUTER)': 0x80000000,
      'ntohl(ND_NA_FLAG_SOLICITED)': 0x40000000,
      'ntohl(ND_NA_FLAG_OVERRIDE)': 0x20000000,
    },
  }),
  headerRule({
    id: 'option-types',
    says: 'The options of Neighbor Discovery have their assigned types.',
    covers: ['2.2.2-05'],
    header,
    defines: {
      ND_OPT_SOURCE_LINKADDR: 1,
      ND_OPT_TARGET_LINKADDR: 2,
      ND_OPT_PREFIX_INFORMATION: 3,
      ND_OPT_REDIRECTED_HEADER: 4,
      ND_OPT_MTU: 5,
    },
  }),
  headerRule({
    id: 'option-layout',
    says: 'struct nd_opt_hdr is the type and the length that every option begins with.',
    covers: ['2.2.2-06'],
    header,
    defines: structure('struct nd_opt_hdr', 2, { nd_opt_type: [0, 1], nd_opt_len: [1, 1] }),
  }),
  headerRule({
    id: 'prefix-information-layout',
    says: 'struct nd_opt_prefix_info is a prefix information option of 32 bytes, with its two flags.',
    covers: ['2.2.2-06'],
    header,
    defines: {
      ...structure('struct nd_opt_prefix_info', 32, {
        nd_opt_pi_type: [0, 1],
        nd_opt_pi_len: [1, 1],
        nd_opt_pi_prefix_len: [2, 1],
        nd_opt_pi_flags_reserved: [3, 1],
        nd_opt_pi_valid_time: [4, 4],
        nd_opt_pi_preferred_time: [8, 4],
        nd_opt_pi_reserved2: [12, 4],
        nd_opt_pi_prefix: [16, 16],
      }),
      ND_OPT_PI_FLAG_ONLINK: 0x80,
      ND_OPT_PI_FLAG_AUTO: 0x40,
    },
  }),
  headerRule({
    id: 'redirected-header-layout',
    says: 'struct nd_opt_rd_hdr is the eight bytes before the packet of a redirected header option.',
    covers: ['2.2.2-06'],
    header,
    defines: structure('struct nd_opt_rd_hdr', 8, {
      nd_opt_rh_type: [0, 1],
      nd_opt_rh_len: [1, 1],
      nd_opt_rh_reserved1: [2, 2],
      nd_opt_rh_reserved2: [4, 4],
    }),
  }),
  headerRule({
    id: 'mtu-layout',
    says: 'struct nd_opt_mtu is an MTU option of eight bytes.',
    covers: ['2.2.2-06'],
    header,
    defines: structure('struct nd_opt_mtu', 8, {
      nd_opt_mtu_type: [0, 1],
      nd_opt_mtu_len: [1, 1],
      nd_opt_mtu_reserved: [2, 2],
      nd_opt_mtu_mtu: [4, 4],
    }),
  }),
]);
