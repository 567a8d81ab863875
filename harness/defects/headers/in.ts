import type { Defect } from '../defect';
import { redefined, removed } from './redefined';

const after = (text: string): Defect['seed'] => ({ headers: { 'netinet/in.h': text } });

/** What a system can do wrong in <netinet/in.h> (RFC 3542 §2.1.1, §2.3, §10, §15, §17). */
export const inHeaderDefects: readonly Defect[] = [
  {
    id: 'next-headers-confused',
    says: 'IPPROTO_ROUTING has the number of the Fragment header, and IPPROTO_HOPOPTS that of TCP.',
    kills: ['2.1.1.*'],
    seed: after(redefined({ IPPROTO_ROUTING: 44, IPPROTO_HOPOPTS: 6 })),
  },
  {
    id: 'addresses-equal-in-one-half',
    says: 'IN6_ARE_ADDR_EQUAL compares only the interface identifiers.',
    kills: ['2.3.unequal-addresses'],
    seed: after(
      redefined({
        'IN6_ARE_ADDR_EQUAL(a, b)':
          '(((a)->s6_addr32[2] == (b)->s6_addr32[2]) && ((a)->s6_addr32[3] == (b)->s6_addr32[3]))',
      }),
    ),
  },
  {
    id: 'addresses-compared-by-pointer',
    says: 'IN6_ARE_ADDR_EQUAL compares the pointers.',
    kills: ['2.3.equal-addresses'],
    seed: after(redefined({ 'IN6_ARE_ADDR_EQUAL(a, b)': '((a) == (b))' })),
  },
  {
    id: 'inet6-functions-of-another-type',
    says: 'inet6_opt_init and inet6_rth_space are declared with other types.',
    kills: ['10.prototypes', '15.in-rth-prototypes'],
    seed: after(redefined({ inet6_opt_init: 'inet6_opt_finish', inet6_rth_space: 'inet6_rth_segments' })),
  },
  {
    id: 'in-summary-with-gaps',
    says: '<netinet/in.h> lacks a constant and a structure of the summary.',
    kills: ['15.in-constants', '15.in-structures'],
    seed: after(`${removed('IPV6_TCLASS')}\n#define ip6_mtuinfo old_mtuinfo`),
  },
  {
    id: 'type-0-renumbered',
    says: 'IPV6_RTHDR_TYPE_0 is the mobile type.',
    kills: ['15.in-type-0'],
    seed: after(redefined({ IPV6_RTHDR_TYPE_0: 2 })),
  },
  {
    id: 'packet-options-kept',
    says: 'IPV6_PKTOPTIONS, which the RFC removed, is still there.',
    kills: ['17.packet-options-option'],
    seed: after(redefined({ IPV6_PKTOPTIONS: 6 })),
  },
];
