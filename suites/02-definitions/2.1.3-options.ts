import { headerRule, section, structure, type Expressions } from '../../harness';

const header = 'netinet/ip6.h';

/** IP6OPT_TYPE of every option type, in one expression: how many keep other than their two highest bits. */
const MISTYPED =
  '({ int wrong = 0; for (int type = 0; type < 256; type++) wrong += IP6OPT_TYPE(type) != (type & 0xc0); wrong; })';

const options: Expressions = {
  IP6OPT_PAD1: 0,
  IP6OPT_PADN: 1,
  IP6OPT_JUMBO: 0xc2,
  IP6OPT_NSAP_ADDR: 0xc3,
  IP6OPT_TUNNEL_LIMIT: 4,
  IP6OPT_ROUTER_ALERT: 5,
};

export default section('2.1.3', 'IPv6 Options', [
  headerRule({
    id: 'option-layout',
    says: 'struct ip6_opt is two bytes: the type and the length of an option.',
    covers: ['2.1.3-01'],
    header,
    defines: structure('struct ip6_opt', 2, { ip6o_type: [0, 1], ip6o_len: [1, 1] }),
  }),
  headerRule({
    id: 'type-macro-keeps-two-bits',
    says: 'IP6OPT_TYPE gives the two highest bits of an option type, whatever the other bits are.',
    covers: ['2.1.3-01'],
    header,
    defines: { [MISTYPED]: 0 },
  }),
  headerRule({
    id: 'classes-of-unknown-options',
    says: 'The four ways to treat an unknown option are named with their two bits.',
    covers: ['2.1.3-01'],
    header,
    defines: {
      IP6OPT_TYPE_SKIP: 0x00,
      IP6OPT_TYPE_DISCARD: 0x40,
      IP6OPT_TYPE_FORCEICMP: 0x80,
      IP6OPT_TYPE_ICMP: 0xc0,
    },
  }),
  headerRule({
    id: 'mutable-bit',
    says: 'IP6OPT_MUTABLE is the bit of an option whose data may change on the way.',
    covers: ['2.1.3-02'],
    header,
    defines: { IP6OPT_MUTABLE: 0x20 },
  }),
  headerRule({
    id: 'option-types',
    says: 'The option types have their assigned numbers.',
    covers: ['2.1.3-03'],
    header,
    defines: options,
  }),
  headerRule({
    id: 'jumbo-layout',
    says: 'struct ip6_opt_jumbo is six bytes without padding, and IP6OPT_JUMBO_LEN says so.',
    covers: ['2.1.3-04'],
    header,
    defines: {
      ...structure('struct ip6_opt_jumbo', 6, {
        ip6oj_type: [0, 1],
        ip6oj_len: [1, 1],
        ip6oj_jumbo_len: [2, 4],
      }),
      IP6OPT_JUMBO_LEN: 6,
    },
  }),
  headerRule({
    id: 'nsap-layout',
    says: 'struct ip6_opt_nsap is the four bytes before the two addresses of an NSAP option.',
    covers: ['2.1.3-04'],
    header,
    defines: structure('struct ip6_opt_nsap', 4, {
      ip6on_type: [0, 1],
      ip6on_len: [1, 1],
      ip6on_src_nsap_len: [2, 1],
      ip6on_dst_nsap_len: [3, 1],
    }),
  }),
  headerRule({
    id: 'tunnel-limit-layout',
    says: 'struct ip6_opt_tunnel is three bytes without padding.',
    covers: ['2.1.3-04'],
    header,
    defines: structure('struct ip6_opt_tunnel', 3, {
      ip6ot_type: [0, 1],
      ip6ot_len: [1, 1],
      ip6ot_encap_limit: [2, 1],
    }),
  }),
  headerRule({
    id: 'router-alert-layout',
    says: 'struct ip6_opt_router is four bytes without padding.',
    covers: ['2.1.3-04'],
    header,
    defines: structure('struct ip6_opt_router', 4, {
      ip6or_type: [0, 1],
      ip6or_len: [1, 1],
      ip6or_value: [2, 2],
    }),
  }),
  headerRule({
    id: 'router-alert-values-in-network-order',
    says: 'The values of the router alert option are in network byte order, ready for the wire.',
    covers: ['2.1.3-05'],
    header,
    defines: { 'ntohs(IP6_ALERT_MLD)': 0, 'ntohs(IP6_ALERT_RSVP)': 1, 'ntohs(IP6_ALERT_AN)': 2 },
  }),
]);
