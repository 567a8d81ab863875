import type { Defect } from './defect';
import { arriving, received, sent } from './packet-filter';

/** What a host can do wrong with ICMPv6 errors and echoes (RFC 4443), and with options that it does not know (RFC 8200 §4.2). */
export const errorDefects: readonly Defect[] = [
  {
    id: 'errors-are-withheld',
    says: 'Errors never reach a raw socket: traceroute hears nothing.',
    shipped: 'Windows Server 2003 (KB944135), for Time Exceeded',
    kills: [
      '3.2.errors-are-filtered-by-their-type',
      '3.2.*-every-type',
      '3.2.block-all-delivers-nothing',
      '3.3.malformed-messages',
      '11.3.packet-too-big-shrinks-fragments',
      '11.4.mtu-of-a-packet-too-big',
      'rfc4443-2.4.the-inner-protocol-selects-the-process',
      'rfc4443-3.1.is-passed-up',
      'rfc4443-3.2.is-passed-up',
      'rfc4443-3.3.is-passed-up',
      'rfc4443-3.4.is-passed-up',
      'kb944135.time-exceeded-reaches-the-prober',
    ],
    seed: received(
      'icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } drop',
    ),
  },
  {
    id: 'errors-about-other-protocols-are-lost',
    says: 'An error about a packet of another protocol than ICMPv6 is dropped.',
    kills: ['rfc4443-2.4.the-inner-protocol-selects-the-process'],
    // The next header of the packet in the error.
    seed: received('icmpv6 type destination-unreachable @th,112,8 89 drop'),
  },
  {
    id: 'errors-about-what-deserves-none',
    says: 'Errors are sent about errors, about what went to a group, and about what came from nowhere.',
    kills: ['rfc4443-2.4.no-*'],
    seed: arriving(
      'exthdr dst exists icmpv6 type destination-unreachable icmpv6 type set 200',
      'ip6 nexthdr 200 ip6 daddr ff02::1 meta pkttype set host ip6 daddr set fd00:3542::1',
      'ip6 nexthdr 200 ip6 saddr :: ip6 saddr set fd00:3542::2',
    ),
  },
  {
    id: 'errors-quote-something-else',
    says: 'An error quotes the packet that it is about with four bytes changed.',
    kills: ['rfc4443-2.4.errors-quote-what-fits'],
    seed: sent('icmpv6 type parameter-problem @th,384,32 set 0xffffffff'),
  },
  {
    id: 'faulty-packets-are-dropped-in-silence',
    says: 'No Parameter Problem is sent about a packet that cannot be processed.',
    kills: [
      'rfc4443-2.4.errors-are-limited',
      '7.source-routes',
      'rfc4443-2.4.errors-quote-what-fits',
      'rfc4443-2.4.an-error-about-a-faulty-packet',
      'rfc8200-4.2.discard-and-report-for-*',
      'rfc8200-4.2.discard-and-report-unicast-for-a-unicast',
      'rfc8200-4.4.an-unknown-type-with-segments-is-reported',
      'rfc5095-3.type-0-with-segments-is-reported',
    ],
    seed: sent('icmpv6 type parameter-problem drop'),
  },
  {
    id: 'unknown-information-is-answered',
    says: 'A message of an unknown informational type is answered by an error.',
    kills: [
      '3.2.*-every-type',
      '3.2.block-all-delivers-nothing',
      '3.3.unknown-types-are-delivered',
      'rfc4443-2.4.unknown-information-is-not-answered',
    ],
    seed: received('icmpv6 type 199 reject with icmpv6 type admin-prohibited'),
  },
  {
    id: 'echo-requests-are-dropped',
    says: 'Echo requests are dropped: neither the kernel nor a socket hears of one.',
    kills: [
      '3.2.a-blocked-echo-request-is-answered',
      '3.2.what-the-kernel-handles-itself',
      '3.2.*-every-type',
      '3.2.block-all-delivers-nothing',
      'rfc4443-2.2.*',
      'rfc4443-4.1.*',
      'rfc4443-4.2.returns-what-was-asked',
    ],
    seed: received('icmpv6 type echo-request drop'),
  },
  {
    id: 'echo-replies-are-dropped',
    says: 'Echo replies never reach the socket that asked.',
    kills: [
      '3.2.what-the-kernel-handles-itself',
      '3.2.*-every-type',
      '3.2.block-all-delivers-nothing',
      'rfc4443-4.2.reaches-*',
    ],
    seed: received('icmpv6 type echo-reply drop'),
  },
  {
    id: 'unknown-options-are-skipped',
    says: 'A packet with an option that is to discard it is delivered.',
    kills: ['rfc8200-4.2.discard-for-*'],
    // The type of the first option behind the IPv6 header.
    seed: arriving('exthdr dst exists @nh,336,8 0x5e @nh,336,8 set 0x1e'),
  },
  {
    id: 'unknown-options-are-reported-for-groups',
    says: 'An option that is to be reported for unicast packets alone is reported for those to groups too.',
    kills: ['rfc8200-4.2.discard-and-report-unicast-for-a-group'],
    seed: arriving('exthdr dst exists @nh,336,8 0xde @nh,336,8 set 0x9e'),
  },
  {
    id: 'errors-are-unlimited',
    says: 'The rate of no ICMPv6 error is limited: the mask of limited types holds one that nobody sends.',
    kills: ['rfc4443-2.4.errors-are-limited'],
    seed: { settings: { 'ipv6/icmp/ratemask': '255' } },
  },
];
