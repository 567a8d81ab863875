import { integerOf, fail, setting } from '../objects';
import { received } from '../packet-filter';
import type { Defect } from '../defect';

const isHops = (option: unknown): boolean => option === 'unicast-hops' || option === 'multicast-hops';

/** What a host can do wrong with the options of RFC 3493 §5. */
export const basicOptionDefects: readonly Defect[] = [
  {
    id: 'hops-take-any-value',
    says: 'IPV6_UNICAST_HOPS and IPV6_MULTICAST_HOPS take values out of range, and ignore them.',
    kills: ['rfc3493-5.1.out-of-range-is-refused', 'rfc3493-5.2.hops-out-of-range-are-refused'],
    seed: setting((option, value) => isHops(option) && (integerOf(value) < -1 || integerOf(value) > 255)),
  },
  {
    id: 'hops-never-go-back',
    says: 'A hop limit of -1 leaves the hop limit as it was.',
    kills: ['rfc3493-5.1.minus-one-is-the-default', 'rfc3493-5.2.hops-minus-one-is-one'],
    seed: setting((option, value) => isHops(option) && integerOf(value) === -1),
  },
  {
    id: 'multicast-interface-is-refused',
    says: 'IPV6_MULTICAST_IF takes no interface.',
    kills: [
      '6.7.multicast-interface-selects',
      '6.7.*-interface',
      'rfc3493-5.2.the-interface-is-used',
      'rfc3493-5.2.no-interface-is-the-systems-choice',
    ],
    seed: setting(
      (option, value) =>
        option === 'multicast-interface' && integerOf(value) !== 0 && fail('setsockopt', 'EADDRNOTAVAIL'),
    ),
  },
  {
    id: 'multicast-interface-stays',
    says: 'IPV6_MULTICAST_IF 0 leaves the interface as it was.',
    kills: ['rfc3493-5.2.no-interface-is-the-systems-choice'],
    seed: setting((option, value) => option === 'multicast-interface' && integerOf(value) === 0),
  },
  {
    id: 'multicast-is-not-looped-back',
    says: 'What a host sends to a group of its own it does not receive.',
    kills: ['rfc3493-5.2.loop-is-on-at-first'],
    seed: received('ip6 daddr ff02::3542 icmpv6 type 200 drop'),
  },
  {
    id: 'multicast-is-always-looped-back',
    says: 'IPV6_MULTICAST_LOOP 0 does nothing.',
    kills: ['rfc3493-5.2.loop-can-be-turned-off'],
    seed: setting((option, value) => option === 'multicast-loop' && integerOf(value) === 0),
  },
  {
    id: 'multicast-loop-takes-any-value',
    says: 'IPV6_MULTICAST_LOOP takes values other than 0 and 1, and ignores them.',
    kills: ['rfc3493-5.2.other-loop-values-are-refused'],
    seed: setting((option, value) => option === 'multicast-loop' && ![0, 1].includes(integerOf(value))),
  },
];
