import { fail, objectsOf, sending } from '../objects';
import { RECEIVE, STICKY } from './options';
import type { Defect } from '../defect';

/** What a host can do wrong with the ancillary data that a program sends. */
export const ancillaryDataDefects: readonly Defect[] = [
  {
    id: 'ancillary-data-ignored',
    says: 'What a send carries as ancillary data has no effect.',
    kills: [
      '3.settable-header-fields',
      '3.1.covers-the-source-of-packet-info',
      '3.1.leaves-out-destination-options',
      '4.*-and-object',
      '4.ancillary-data-affects-one-datagram',
      '4.objects-*',
      '4.the-same-object-twice',
      '4.2.*-sticky',
      '4.2.sticky-*',
      '4.2.clearing-values-as-ancillary-data',
      '5.2.space-is-no-length',
      '6.*-be-given',
      '6.received-info-answers-for-a-second-address',
      '6.received-info-answers-for-a-group',
      '6.1.index-selects-*',
      '6.2.given-*',
      '6.2.*-refused',
      '6.2.zone-comes-from-the-interface',
      '6.2.link-local-source-without-a-zone',
      '6.3.*-packet',
      '6.3.*-given',
      '6.3.*-1-is-refused',
      '6.3.*-255-is-refused',
      '6.3.multicast-hop-limit-0',
      '6.4.ancillary-next-hop-takes-the-packet',
      '6.4.an-ipv4-next-hop',
      '6.4.it-must-be-a-neighbor',
      '6.4.the-destination-as-next-hop-avoids-routers',
      '6.4.ignored-for-multicast',
      '6.4.reachable-over-the-given-interface',
      '6.5.*-packet',
      '6.5.*-ancillary-class-is-used-as-given',
      '6.5.ancillary-*',
      '6.6.*-error',
      '6.6.*-errno',
      '6.7.ancillary-packet-*',
      '6.7.ancillary-next-hop-selects',
      '6.7.*-refused',
      '7.ancillary-header-goes-out',
      '7.source-routes',
      '8.several-ancillary-options-share-a-header',
      '8.sending-without-privilege',
      '8.2.ancillary-header-goes-out',
      '8.2.malformed-ancillary-headers',
      '9.2.ancillary-header-goes-out',
      '9.2.malformed-ancillary-headers',
      '11.1.values-are-taken-as-ancillary-data',
      '11.1.ancillary-*',
      '11.2.ancillary-discards-what-is-too-big',
      '11.2.error-of-what-is-too-big-ancillary',
      '11.2.ancillary-data-count-for-one-message',
      '11.3.sender-is-told-with-ancillary-option',
      '11.3.indication-*',
      '11.3.connected-sender-is-told',
      '11.3.buffered-messages-come-first',
      '12.worked-example',
      '12.objects-in-any-order',
      '16.no-spoofed-source-without-privilege',
      '17.override-of-sticky-options',
      '20.1.accepts-10240-bytes',
      '20.1.only-the-send-buffer-limits',
      '20.2.sends-*',
      'linux-tclass-minus-one.minus-one-is-the-default',
    ],
    seed: sending(() => []),
  },
  {
    id: 'ancillary-data-sticks',
    says: 'Ancillary data become sticky options.',
    kills: [
      '4.ancillary-data-affects-one-datagram',
      '4.the-same-object-twice',
      '4.2.ancillary-*',
      '6.3.*-packet',
      '6.3.hop-limit-beyond-16-bits-is-refused',
      '8.2.malformed-ancillary-headers',
      '8.2.ancillary-header-does-not-stay',
      '9.2.malformed-ancillary-headers',
      '9.2.ancillary-header-does-not-stay',
    ],
    seed: {
      calls: (system) => ({
        sendMessage: (socket, message) => {
          const { calls } = system;
          const sent = calls.sendMessage(socket, message);
          for (const { option, data } of objectsOf(system, message.control ?? Buffer.alloc(0))) {
            if (option === 'hop-limit') {
              calls.setOption(socket, 'unicast-hops', data);
              calls.setOption(socket, 'multicast-hops', data);
            } else if (option !== undefined && STICKY.includes(option)) calls.setOption(socket, option, data);
          }
          return sent;
        },
      }),
    },
  },
  {
    id: 'odd-objects-ignored',
    says: 'Ancillary data of an unknown type or a wrong length are ignored.',
    kills: [
      '4.objects-*',
      '4.2.empty-*',
      '8.2.malformed-ancillary-headers',
      '9.2.malformed-ancillary-headers',
      '20.2.sends-a-cut-object',
    ],
    seed: sending((objects) =>
      objects.filter(
        ({ option, data }) =>
          option !== undefined &&
          !RECEIVE.includes(option) &&
          !['unicast-hops', 'checksum', 'path-mtu'].includes(option) &&
          (option === 'packet-info' ? data.length === 20 : data.length > 0 && data.length % 4 === 0),
      ),
    ),
  },
  {
    id: 'first-of-two-objects-wins',
    says: 'Of two ancillary data objects of a kind the first one counts.',
    kills: ['4.the-same-object-twice', '20.1.only-the-send-buffer-limits'],
    seed: sending((objects) =>
      objects.filter(
        ({ type }, index) => index === objects.findIndex((candidate) => candidate.type === type),
      ),
    ),
  },
  {
    id: 'ancillary-data-limited-to-a-cluster',
    says: 'A send with more than 2048 bytes of ancillary data fails.',
    shipped: 'FreeBSD 13 and macOS, whose sockargs() takes no more than MCLBYTES',
    kills: [
      '8.2.malformed-ancillary-headers',
      '9.2.malformed-ancillary-headers',
      '20.1.accepts-10240-bytes',
      '20.1.only-the-send-buffer-limits',
    ],
    seed: {
      calls: ({ calls }) => ({
        sendMessage: (socket, message) =>
          (message.control?.length ?? 0) > 2048
            ? fail('sendmsg', 'EINVAL')
            : calls.sendMessage(socket, message),
      }),
    },
  },
  {
    id: 'trailing-padding-required',
    says: 'A control buffer must end with the padding of its last object.',
    kills: ['20.2.sends-without-trailing-padding', '20.2.sends-a-cut-object'],
    seed: {
      calls: ({ calls, control: { alignment } }) => ({
        sendMessage: (socket, message) =>
          (message.control?.length ?? 0) % alignment === 0
            ? calls.sendMessage(socket, message)
            : fail('sendmsg', 'EINVAL'),
      }),
    },
  },
  {
    id: 'overlong-objects-trimmed',
    says: 'A hop limit object with more data than an int is taken.',
    kills: ['5.2.space-is-no-length'],
    seed: {
      calls: ({ calls }) => ({
        sendMessage: (socket, { control, ...message }) =>
          calls.sendMessage(socket, {
            ...message,
            control: control?.length === 24 && control[16] === 7 ? undefined : control,
          }),
      }),
    },
  },
  {
    id: 'every-send-error-is-enobufs',
    says: 'A send with ancillary data that fails does so with ENOBUFS, whatever the reason.',
    kills: [
      '4.objects-*',
      '4.the-same-object-twice',
      '4.2.empty-*',
      '6.the-next-hop-can-be-given',
      '6.received-info-answers-for-a-group',
      '6.2.link-local-source-without-a-zone',
      '6.3.*-1-is-refused',
      '6.3.*-255-is-refused',
      '6.4.ancillary-next-hop-takes-the-packet',
      '6.4.an-ipv4-next-hop',
      '6.4.it-must-be-a-neighbor',
      '6.4.the-destination-as-next-hop-avoids-routers',
      '6.4.ignored-for-multicast',
      '6.4.reachable-over-the-given-interface',
      '6.5.ancillary-class-*',
      '6.6.*-errno',
      '6.7.ancillary-next-hop-selects',
      '7.ancillary-header-goes-out',
      '7.source-routes',
      '8.sending-without-privilege',
      '8.2.malformed-ancillary-headers',
      '9.2.malformed-ancillary-headers',
      '11.1.values-are-taken-as-ancillary-data',
      '11.1.ancillary-*',
      '11.2.error-of-what-is-too-big-ancillary',
      '20.2.sends-a-cut-object',
    ],
    seed: {
      calls: ({ calls }) => ({
        sendMessage: (socket, message) => {
          if ((message.control?.length ?? 0) === 0) return calls.sendMessage(socket, message);
          try {
            return calls.sendMessage(socket, message);
          } catch {
            return fail('sendmsg', 'ENOBUFS');
          }
        },
      }),
    },
  },
];
