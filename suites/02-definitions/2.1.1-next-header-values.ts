import { headerObservation, headerRule, section } from '../../harness';

export default section('2.1.1', 'IPv6 Next Header Values', [
  headerRule({
    id: 'next-header-values',
    says: '<netinet/in.h> names the next headers of IPv6 with their assigned numbers.',
    covers: ['2.1.1-01'],
    header: 'netinet/in.h',
    defines: {
      IPPROTO_HOPOPTS: 0,
      IPPROTO_IPV6: 41,
      IPPROTO_ROUTING: 43,
      IPPROTO_FRAGMENT: 44,
      IPPROTO_ESP: 50,
      IPPROTO_AH: 51,
      IPPROTO_ICMPV6: 58,
      IPPROTO_NONE: 59,
      IPPROTO_DSTOPTS: 60,
    },
  }),
  headerObservation({
    id: 'ip-and-hop-by-hop-share-a-value',
    says: 'Whether IPPROTO_IP has the value of IPPROTO_HOPOPTS.',
    covers: ['2.1.1-02'],
    header: 'netinet/in.h',
    expressions: ['IPPROTO_IP', 'IPPROTO_HOPOPTS'],
  }),
]);
