import { headerRule, section } from '../../harness';

const header = 'netinet/icmp6.h';

/** How many of the types of RFC 4443, MLD and Neighbor Discovery the mask sorts wrongly. */
const MISSORTED =
  '({ int wrong = 0; for (int type = 0; type < 256; type++) wrong += !(type & ICMP6_INFOMSG_MASK) != (type < 128); wrong; })';

export default section('2.2.1', 'ICMPv6 Type and Code Values', [
  headerRule({
    id: 'type-values',
    says: 'The error messages and the echo messages have their assigned types.',
    covers: ['2.2.1-01'],
    header,
    defines: {
      ICMP6_DST_UNREACH: 1,
      ICMP6_PACKET_TOO_BIG: 2,
      ICMP6_TIME_EXCEEDED: 3,
      ICMP6_PARAM_PROB: 4,
      ICMP6_ECHO_REQUEST: 128,
      ICMP6_ECHO_REPLY: 129,
    },
  }),
  headerRule({
    id: 'mask-tells-information-from-errors',
    says: 'ICMP6_INFOMSG_MASK is the bit that every informational type has and no error type.',
    covers: ['2.2.1-02'],
    header,
    defines: { ICMP6_INFOMSG_MASK: 0x80, [MISSORTED]: 0 },
  }),
  headerRule({
    id: 'unreachable-codes',
    says: 'The reasons for an unreachable destination have their assigned codes.',
    covers: ['2.2.1-03'],
    header,
    defines: {
      ICMP6_DST_UNREACH_NOROUTE: 0,
      ICMP6_DST_UNREACH_ADMIN: 1,
      ICMP6_DST_UNREACH_BEYONDSCOPE: 2,
      ICMP6_DST_UNREACH_ADDR: 3,
      ICMP6_DST_UNREACH_NOPORT: 4,
    },
  }),
  headerRule({
    id: 'time-exceeded-codes',
    says: 'The two ways in which time is exceeded have their assigned codes.',
    covers: ['2.2.1-03'],
    header,
    defines: { ICMP6_TIME_EXCEED_TRANSIT: 0, ICMP6_TIME_EXCEED_REASSEMBLY: 1 },
  }),
  headerRule({
    id: 'parameter-problem-codes',
    says: 'The parameter problems have their assigned codes.',
    covers: ['2.2.1-03'],
    header,
    defines: {
      ICMP6_PARAMPROB_HEADER: 0,
      ICMP6_PARAMPROB_NEXTHEADER: 1,
      ICMP6_PARAMPROB_OPTION: 2,
    },
  }),
]);
