import { encodeControl, int } from '../socket/control';
import type { Option, OptionName } from '../socket/options';
import type { Defect } from './defect';
import { fail, objectsOf, receiving, sending, setting, withData } from './objects';

const RECEIVE: readonly Option[] = [
  'receive-packet-info',
  'receive-hop-limit',
  'receive-traffic-class',
  'receive-routing-header',
  'receive-hop-by-hop-options',
  'receive-destination-options',
];
const STICKY: readonly OptionName[] = [
  'hop-by-hop-options',
  'destination-options',
  'routing-header-destination-options',
  'traffic-class',
];
const UNSET: readonly Option[] = [
  'hop-by-hop-options',
  'destination-options',
  'routing-header-destination-options',
  'routing-header',
  'next-hop',
];

/** What a host can do wrong with options and ancillary data. */
export const headerAccessDefects: readonly Defect[] = [
  {
    id: 'received-objects-dropped',
    says: 'No message comes with ancillary data, whatever was asked for.',
    kills: [
      '3.available-header-fields',
      '4.*-its-object',
      '4.*-boolean',
      '4.options-of-one-socket-are-its-own',
      '4.2.every-message-has-the-object',
      '4.2.no-header-no-object',
      '6.four-pieces-are-returned',
      '6.in6_pktinfo-is-address-then-index',
      '6.received-info-answers-for-a-second-address',
      '6.received-info-answers-for-a-group',
      '6.1.arriving-index-is-always-there',
      '6.2.received-*',
      '6.3.received-*',
      '6.3.an-off-link-sender-shows',
      '6.5.received-*',
      '7.received-header-is-an-object',
      '7.several-headers-are-several-objects',
      '8.receiving-without-privilege',
      '8.1.*-returned',
      '9.1.received-header-is-an-object',
      '9.1.several-headers-are-several-objects',
      '9.1.before-and-after-a-routing-header',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '12.only-what-was-asked-for',
      '16.receiving-options-without-privilege',
      '20.2.receives-*',
    ],
    seed: receiving(() => []),
  },
  {
    id: 'receive-options-on-at-first',
    says: 'A new raw socket is told everything without asking.',
    kills: [
      '4.receive-*',
      '4.nothing-is-returned-unasked',
      '4.options-of-one-socket-are-its-own',
      '4.2.no-header-no-object',
      '6.3.received-only-when-asked-for',
      '6.5.received-only-when-asked-for',
      '7.no-object-unless-asked-for',
      '8.1.no-*',
      '9.1.no-object-unless-asked-for',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '12.only-what-was-asked-for',
      '16.receiving-options-without-privilege',
      '20.2.receives-in-too-small-a-buffer',
      '20.3.no-object-is-length-0',
    ],
    seed: {
      calls: ({ calls }) => ({
        socket: (kind) => {
          const socket = calls.socket(kind);
          if (kind.type === 'raw' && kind.family === 'inet6')
            for (const option of RECEIVE) calls.setOption(socket, option, int(1));
          return socket;
        },
      }),
    },
  },
  {
    id: 'receive-options-never-off',
    says: 'A receive option that is on stays on.',
    kills: [
      '4.*-boolean',
      '6.3.received-only-when-asked-for',
      '6.5.received-only-when-asked-for',
      '7.no-object-unless-asked-for',
      '8.1.no-object-unless-asked-for',
      '9.1.no-object-unless-asked-for',
    ],
    seed: setting((option, value) => RECEIVE.includes(option) && value?.every((byte) => byte === 0) === true),
  },
  {
    id: 'received-objects-stale',
    says: 'A message comes with the ancillary data of the one before.',
    kills: [
      '4.*-boolean',
      '4.2.every-message-has-the-object',
      '4.2.no-header-no-object',
      '6.1.arriving-index-is-always-there',
      '6.3.received-*',
      '6.3.an-off-link-sender-shows',
      '6.5.received-*',
      '20.2.receives-in-too-small-a-buffer',
    ],
    seed: {
      calls: ({ calls }) => {
        const before = new Map<number, Buffer>();
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            before.delete(socket);
            return socket;
          },
          receiveMessage: (socket, room, flags) => {
            const incoming = calls.receiveMessage(socket, room, flags);
            if (incoming === undefined) return undefined;
            const control = before.get(socket) ?? incoming.control;
            before.set(socket, incoming.control);
            return { ...incoming, control };
          },
        };
      },
    },
  },
  {
    id: 'sticky-options-swallowed',
    says: 'Setting a sticky extension header or traffic class succeeds and stores nothing.',
    kills: [
      '3.1.leaves-out-hop-by-hop-options',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '4.*-and-object',
      '4.*-packet',
      '4.sticky-traffic-class-reads-back',
      '4.*-options-reads-back',
      '4.1.*',
      '4.2.sticky-options-stay-with-ancillary-hop-limit',
      '6.5.*-sticky-class-is-used-as-given',
      '6.5.sticky-*',
      '8.several-sticky-options-share-a-header',
      '8.sending-without-privilege',
      '8.2.sticky-*',
      '8.2.malformed-sticky-headers',
      '9.2.sticky-header-goes-out',
      '9.2.malformed-sticky-headers',
      '9.2.*-route',
      '9.2.options-of-a-route-precede-it',
      '12.recommended-order-goes-out',
      '16.setting-options-without-privilege',
    ],
    seed: setting((option) => STICKY.includes(option as OptionName)),
  },
  {
    id: 'sticky-options-used-up',
    says: 'A sticky option is gone after the first packet that it was in.',
    kills: ['4.*-packet', '8.2.sticky-header-stays'],
    seed: {
      calls: ({ calls }) => {
        const useUp = (socket: number): void => {
          calls.setOption(socket, 'hop-by-hop-options', undefined, 0);
          calls.setOption(socket, 'destination-options', undefined, 0);
          calls.setOption(socket, 'traffic-class', int(-1));
        };
        return {
          sendTo: (socket, data, to, flags) => {
            const sent = calls.sendTo(socket, data, to, flags);
            useUp(socket);
            return sent;
          },
          sendMessage: (socket, message) => {
            const sent = calls.sendMessage(socket, message);
            useUp(socket);
            return sent;
          },
        };
      },
    },
  },
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
      '12.worked-example',
      '12.objects-in-any-order',
      '16.no-spoofed-source-without-privilege',
      '20.1.*',
      '20.2.sends-*',
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
    id: 'sticky-options-win',
    says: 'A sticky option overrides ancillary data of the same name.',
    kills: [
      '4.2.*-sticky',
      '4.2.clearing-values-as-ancillary-data',
      '6.3.*-packet',
      '6.5.*-packet',
      '6.5.ancillary-minus-1-over-a-sticky-class',
      '6.7.ancillary-packet-info-over-sticky-packet-info',
    ],
    seed: {
      calls: (system) => {
        const { calls } = system;
        const set = new Map<number, Set<Option>>();
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            set.set(socket, new Set());
            return socket;
          },
          setOption: (socket, option, value, length) => {
            calls.setOption(socket, option, value, length);
            set
              .get(socket)
              ?.add(option === 'unicast-hops' || option === 'multicast-hops' ? 'hop-limit' : option);
          },
          sendMessage: (socket, message) => {
            const given = objectsOf(system, message.control ?? Buffer.alloc(0));
            const control = encodeControl(
              system.control,
              given.filter(({ option }) => option === undefined || set.get(socket)?.has(option) !== true),
            );
            return calls.sendMessage(socket, { ...message, control });
          },
        };
      },
    },
  },
  {
    id: 'hop-limit-is-an-option',
    says: 'IPV6_HOPLIMIT can be set and read as a socket option, as in RFC 2292.',
    kills: ['4.hop-limit-is-no-option', '4.errors-are-not-a-closed-set'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          calls.setOption(socket, option === 'hop-limit' ? 'unicast-hops' : option, value, length);
        },
        getOption: (socket, option, room) =>
          calls.getOption(socket, option === 'hop-limit' ? 'unicast-hops' : option, room),
      }),
    },
  },
  {
    id: 'unset-options-have-values',
    says: 'A sticky option that was never set reads as an empty header, and the traffic class as 255.',
    kills: ['4.unset-traffic-class-is-the-default', '4.*-length'],
    seed: {
      calls: ({ calls }) => ({
        getOption: (socket, option, room) => {
          if (option === 'next-hop') return Buffer.alloc(8);
          const value = calls.getOption(socket, option, room);
          if (option === 'traffic-class' && value.every((byte) => byte === 0)) return int(255);
          return UNSET.includes(option) && value.length === 0 ? Buffer.alloc(8) : value;
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
    kills: ['8.2.malformed-ancillary-headers', '9.2.malformed-ancillary-headers', '20.1.*'],
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
    id: 'a-full-buffer-is-truncated',
    says: 'MSG_CTRUNC is set whenever the ancillary data fill the buffer.',
    kills: ['20.2.receives-*', '20.3.no-object-is-length-0'],
    seed: {
      calls: ({ calls }) => ({
        receiveMessage: (socket, room, flags) => {
          const incoming = calls.receiveMessage(socket, room, flags);
          if (incoming === undefined) return undefined;
          return { ...incoming, controlTruncated: incoming.control.length >= room.control };
        },
      }),
    },
  },
  {
    id: 'privilege-not-asked-for',
    says: 'A call that fails for want of privilege succeeds.',
    kills: ['8.sending-without-privilege', '16.setting-options-without-privilege'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          try {
            calls.setOption(socket, option, value, length);
          } catch (error) {
            if ((error as { readonly code?: string }).code !== 'EPERM') throw error;
          }
        },
      }),
    },
  },
  {
    id: 'received-hop-limit-less-one',
    says: 'The received hop limit is one less than that of the packet, as if it had been forwarded.',
    kills: [
      '4.receive-hop-limit-returns-its-object',
      '4.2.*-the-object',
      '6.four-pieces-are-returned',
      '6.3.received-*',
      '6.3.an-off-link-sender-shows',
      '20.2.receives-where-padding-has-room',
    ],
    seed: receiving(withData('hop-limit', (data) => int(data.readInt8(0) - 1))),
  },
];
