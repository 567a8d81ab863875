import { headerObservation, headerRule, section } from '../../harness';

export default section('2', 'Common Structures and Definitions', [
  headerRule({
    id: 'ip6-header-stands-alone',
    says: '<netinet/ip6.h> exists and compiles when a program includes nothing before it.',
    covers: ['2-01'],
    header: 'netinet/ip6.h',
    defines: { 'sizeof(struct ip6_hdr) > 0': 1 },
  }),
  headerRule({
    id: 'icmp6-header-stands-alone',
    says: '<netinet/icmp6.h> exists and compiles when a program includes nothing before it.',
    covers: ['2-01'],
    header: 'netinet/icmp6.h',
    defines: { 'sizeof(struct icmp6_hdr) > 0': 1 },
  }),
  headerObservation({
    id: 'ip6-header-includes-others',
    says: 'What <netinet/ip6.h> brings along by including other headers.',
    covers: ['2-02'],
    header: 'netinet/ip6.h',
    expressions: ['IPPROTO_IPV6', 'sizeof(struct in6_addr)', 'ICMP6_ECHO_REQUEST'],
  }),
]);
