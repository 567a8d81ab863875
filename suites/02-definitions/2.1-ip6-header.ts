import { headerRule, section, structure } from '../../harness';

const header = 'netinet/ip6.h';

export default section('2.1', 'The ip6_hdr Structure', [
  headerRule({
    id: 'ip6-hdr-layout',
    says: 'struct ip6_hdr is the IPv6 header of 40 bytes, with each field where the wire has it.',
    covers: ['2.1-01'],
    header,
    defines: structure('struct ip6_hdr', 40, {
      ip6_vfc: [0, 1],
      ip6_flow: [0, 4],
      ip6_plen: [4, 2],
      ip6_nxt: [6, 1],
      ip6_hlim: [7, 1],
      ip6_src: [8, 16],
      ip6_dst: [24, 16],
    }),
  }),
  headerRule({
    id: 'accessors-resolve-into-the-union',
    says: 'The short names of the fields of struct ip6_hdr stand for members of its union.',
    covers: ['2.1-01'],
    header,
    defines: {
      'offsetof(struct ip6_hdr, ip6_ctlun.ip6_un2_vfc)': 0,
      'offsetof(struct ip6_hdr, ip6_ctlun.ip6_un1.ip6_un1_flow)': 0,
      'offsetof(struct ip6_hdr, ip6_ctlun.ip6_un1.ip6_un1_plen)': 4,
      'offsetof(struct ip6_hdr, ip6_ctlun.ip6_un1.ip6_un1_nxt)': 6,
      'offsetof(struct ip6_hdr, ip6_ctlun.ip6_un1.ip6_un1_hlim)': 7,
    },
  }),
  headerRule({
    id: 'hops-names-the-hop-limit',
    says: 'ip6_hops is a second name for the hop limit of struct ip6_hdr.',
    covers: ['2.1-02'],
    header,
    defines: {
      'offsetof(struct ip6_hdr, ip6_hops)': 7,
      '({ struct ip6_hdr h; h.ip6_hlim = 1; h.ip6_hops = 64; h.ip6_hlim; })': 64,
    },
  }),
]);
