import { int } from '../../socket/control';
import { integerOf, sending, setting, withData } from '../objects';
import { sent } from '../packet-filter';
import type { Defect } from '../defect';

/** What a host can do wrong with the hop limit and the traffic class that a program asks for. */
export const hopLimitAndClassDefects: readonly Defect[] = [
  {
    id: 'sent-hop-limit-is-a-signed-char',
    says: 'An ancillary hop limit above 127 is taken for a negative one, and so for the default.',
    kills: ['6.3.*-given'],
    seed: sending(
      withData('hop-limit', (data) => (integerOf(data) > 127 && integerOf(data) < 256 ? int(-1) : data)),
    ),
  },
  {
    id: 'sent-hop-limit-0-is-the-default',
    says: 'An ancillary hop limit of 0 stands for the default.',
    kills: [
      '4.objects-of-wrong-lengths',
      '6.3.unicast-hop-limit-is-used-as-given',
      '6.3.multicast-hop-limit-0',
      '20.2.sends-a-cut-object',
    ],
    seed: sending(withData('hop-limit', (data) => (integerOf(data) === 0 ? int(64) : data))),
  },
  {
    id: 'sent-hop-limit-minus-1-is-255',
    says: 'An ancillary hop limit of -1 puts 255 in the header.',
    kills: ['6.3.*-default', '6.3.*-an-option'],
    seed: sending(withData('hop-limit', (data) => (integerOf(data) === -1 ? int(255) : data))),
  },
  {
    id: 'sent-values-wrap',
    says: 'An ancillary hop limit or traffic class that is out of range is cut to a byte.',
    kills: ['6.3.*-1-is-refused', '6.3.*-255-is-refused', '6.5.ancillary-class-*'],
    seed: sending((objects) =>
      objects.map((object) => {
        const value = integerOf(object.data);
        const counts = object.option === 'hop-limit' || object.option === 'traffic-class';
        return counts && (value < -1 || value > 255) ? { ...object, data: int(value & 0xff) } : object;
      }),
    ),
  },
  {
    id: 'sticky-class-wraps',
    says: 'A sticky traffic class that is out of range is accepted.',
    kills: ['6.5.sticky-*'],
    seed: setting((option, value) => {
      const given = integerOf(value);
      return option === 'traffic-class' && (given < -1 || given > 255);
    }),
  },
  {
    id: 'sticky-class-is-not-cleared',
    says: 'A sticky traffic class of -1 leaves the class as it was.',
    kills: ['4.sticky-traffic-class-affects-every-packet', '6.5.minus-1-clears-the-sticky-class'],
    seed: setting((option, value) => option === 'traffic-class' && integerOf(value) === -1),
  },
  {
    id: 'hop-limit-forced',
    says: 'Every message of type 200 leaves with hop limit 61.',
    kills: [
      '3.settable-header-fields',
      '4.ancillary-data-affects-one-datagram',
      '4.the-same-object-twice',
      '4.2.sticky-options-stay-with-ancillary-hop-limit',
      '6.four-pieces-can-be-given',
      '6.3.*-option',
      '6.3.*-packet',
      '6.3.*-given',
      '6.3.multicast-hop-limit-0',
      '20.1.accepts-10240-bytes',
      '20.2.*-padding',
      'rfc3493-5.1.the-hop-limit-is-used',
      'rfc3493-5.2.hops-are-one-at-first',
      'rfc3493-5.2.hops-minus-one-is-one',
      'rfc3493-5.2.hops-of-*',
    ],
    seed: sent('icmpv6 type 200 ip6 hoplimit set 61'),
  },
  {
    id: 'traffic-class-forced',
    says: 'Every message of type 200 leaves with the code point for network control.',
    kills: [
      '3.settable-header-fields',
      '4.sticky-traffic-class-affects-every-packet',
      '4.unset-traffic-class-is-the-default',
      '4.ancillary-data-affects-one-datagram',
      '4.the-same-object-twice',
      '4.2.ancillary-traffic-class-overrides-sticky',
      '4.2.sticky-options-stay-with-ancillary-hop-limit',
      '4.2.clearing-values-as-ancillary-data',
      '6.four-pieces-can-be-given',
      '6.5.*-0',
      '6.5.*-packet',
      '6.5.*-given',
      '6.5.*-class',
      '6.5.ancillary-minus-1-is-the-default',
      '20.2.*-padding',
      'linux-tclass-minus-one.minus-one-is-the-default',
    ],
    seed: sent('icmpv6 type 200 ip6 dscp set cs6'),
  },
  {
    id: 'traffic-class-of-tcp-keeps-the-bits-of-ecn',
    says: 'A TCP segment has the two bits that ECN takes for itself as its program asked for them.',
    kills: ['6.5.bits-of-the-kernels-own'],
    seed: sent('meta l4proto tcp ip6 dscp 63 ip6 ecn set ce'),
  },
];
