import { headerRule, NOT_DEFINED, section, structure } from '../../harness';

const header = 'netinet/ip6.h';

export default section('2.1.2', 'IPv6 Extension Headers', [
  headerRule({
    id: 'hop-by-hop-and-destination-layout',
    says: 'struct ip6_hbh and struct ip6_dest are two bytes: the next header and the length; options follow.',
    covers: ['2.1.2-01'],
    header,
    defines: {
      ...structure('struct ip6_hbh', 2, { ip6h_nxt: [0, 1], ip6h_len: [1, 1] }),
      ...structure('struct ip6_dest', 2, { ip6d_nxt: [0, 1], ip6d_len: [1, 1] }),
    },
  }),
  headerRule({
    id: 'routing-layout',
    says: 'struct ip6_rthdr is the four bytes that all routing headers begin with.',
    covers: ['2.1.2-02'],
    header,
    defines: structure('struct ip6_rthdr', 4, {
      ip6r_nxt: [0, 1],
      ip6r_len: [1, 1],
      ip6r_type: [2, 1],
      ip6r_segleft: [3, 1],
    }),
  }),
  headerRule({
    id: 'type-0-routing-layout',
    says: 'struct ip6_rthdr0 is the fixed part of a type 0 routing header, eight bytes.',
    covers: ['2.1.2-03'],
    header,
    defines: structure('struct ip6_rthdr0', 8, {
      ip6r0_nxt: [0, 1],
      ip6r0_len: [1, 1],
      ip6r0_type: [2, 1],
      ip6r0_segleft: [3, 1],
      ip6r0_reserved: [4, 4],
    }),
  }),
  headerRule({
    id: 'type-0-routing-holds-no-addresses',
    says: 'struct ip6_rthdr0 has no member for the addresses: they follow it.',
    covers: ['2.1.2-03'],
    header,
    defines: { 'offsetof(struct ip6_rthdr0, ip6r0_addr)': NOT_DEFINED },
  }),
  headerRule({
    id: 'fragment-layout',
    says: 'struct ip6_frag is the Fragment header of eight bytes.',
    covers: ['2.1.2-04'],
    header,
    defines: structure('struct ip6_frag', 8, {
      ip6f_nxt: [0, 1],
      ip6f_reserved: [1, 1],
      ip6f_offlg: [2, 2],
      ip6f_ident: [4, 4],
    }),
  }),
  headerRule({
    id: 'fragment-masks-in-network-order',
    says: 'The masks of ip6f_offlg apply to the field as it came from the wire, in network byte order.',
    covers: ['2.1.2-05'],
    header,
    defines: {
      'ntohs(IP6F_OFF_MASK)': 0xfff8,
      'ntohs(IP6F_RESERVED_MASK)': 0x0006,
      'ntohs(IP6F_MORE_FRAG)': 0x0001,
    },
  }),
]);
