import { headerRule, section, structure } from '../../harness';

const header = 'netinet/icmp6.h';

export default section('2.2', 'The icmp6_hdr Structure', [
  headerRule({
    id: 'icmp6-hdr-layout',
    says: 'struct icmp6_hdr is eight bytes, with the checksum at offset 2.',
    covers: ['2.2-01'],
    header,
    defines: structure('struct icmp6_hdr', 8, {
      icmp6_type: [0, 1],
      icmp6_code: [1, 1],
      icmp6_cksum: [2, 2],
    }),
  }),
  headerRule({
    id: 'four-bytes-by-any-width',
    says: 'The last four bytes of struct icmp6_hdr are one word, two halves or four bytes.',
    covers: ['2.2-01'],
    header,
    defines: {
      ...structure('struct icmp6_hdr', 8, {
        'icmp6_data32[0]': [4, 4],
        'icmp6_data16[1]': [6, 2],
        'icmp6_data8[3]': [7, 1],
      }),
      'sizeof(((struct icmp6_hdr *) 0)->icmp6_data32)': 4,
      'sizeof(((struct icmp6_hdr *) 0)->icmp6_data16)': 4,
      'sizeof(((struct icmp6_hdr *) 0)->icmp6_data8)': 4,
    },
  }),
  headerRule({
    id: 'names-of-the-four-bytes',
    says: 'The fields of the messages of RFC 4443 and of MLD have names in struct icmp6_hdr.',
    covers: ['2.2-02'],
    header,
    defines: structure('struct icmp6_hdr', 8, {
      icmp6_pptr: [4, 4],
      icmp6_mtu: [4, 4],
      icmp6_id: [4, 2],
      icmp6_seq: [6, 2],
      icmp6_maxdelay: [4, 2],
    }),
  }),
]);
