import { encodeControl, int } from '../../socket/control';
import type { Option, OptionName } from '../../socket/options';
import { objectsOf, setting } from '../objects';
import { STICKY, UNSET } from './options';
import type { Defect } from '../defect';

/** What a host can do wrong with sticky options. */
export const stickyOptionDefects: readonly Defect[] = [
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
      '4.1.tcp-*',
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
      'rfc8200-4.1.sends-headers-in-their-order',
      '6.5.bits-of-the-kernels-own',
    ],
    seed: setting((option) => STICKY.includes(option as OptionName)),
  },
  {
    id: 'sticky-options-used-up',
    says: 'A sticky option is gone after the first packet that it was in.',
    kills: [
      '4.*-packet',
      '8.2.sticky-header-stays',
      '13.ipv4-packets-of-protocol-58',
      '13.packet-information-of-mapped-traffic',
    ],
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
    id: 'sticky-options-win',
    says: 'A sticky option overrides ancillary data of the same name.',
    kills: [
      '4.2.*-sticky',
      '4.2.clearing-values-as-ancillary-data',
      '6.3.*-packet',
      '6.5.*-packet',
      '6.5.ancillary-minus-1-over-a-sticky-class',
      '6.7.ancillary-packet-info-over-sticky-packet-info',
      '11.2.ancillary-data-count-for-one-message',
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
    id: 'sticky-options-never-suppressed',
    says: 'Ancillary data of an extension header adds to the sticky options instead of replacing them.',
    kills: [
      '4.2.ancillary-destination-options-overrides-sticky',
      '4.2.sticky-destination-options-stay-with-ancillary-hop-by-hop-options',
      '9.2.other-options-follow-the-route',
      '12.recommended-order-goes-out',
      '17.override-of-sticky-options',
    ],
    seed: {
      calls: ({ calls, control: layout, options }) => {
        const sticky = new Map<number, Buffer>();
        const place = options['destination-options'];
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            sticky.delete(socket);
            return socket;
          },
          setOption: (socket, option, value, length) => {
            calls.setOption(socket, option, value, length);
            if (option === 'destination-options' && value !== undefined) sticky.set(socket, value);
          },
          sendMessage: (socket, { control, ...message }) => {
            const data = sticky.get(socket);
            if (data === undefined || control === undefined || 'absent' in place)
              return calls.sendMessage(socket, { ...message, control });
            const kept = encodeControl(layout, [{ level: place.level, type: place.name, data }]);
            return calls.sendMessage(socket, { ...message, control: Buffer.concat([control, kept]) });
          },
        };
      },
    },
  },
  {
    id: 'hop-limit-is-an-option',
    says: 'IPV6_HOPLIMIT can be set and read as a socket option, as in RFC 2292.',
    kills: ['4.hop-limit-is-no-option', '4.errors-are-not-a-closed-set', '17.sticky-hop-limit'],
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
    id: 'sticky-hop-limit-taken',
    says: 'IPV6_HOPLIMIT can be set as a sticky option, as RFC 2292 had it.',
    kills: ['4.hop-limit-is-no-option', '4.errors-are-not-a-closed-set', '17.sticky-hop-limit'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, ...rest) => {
          if (option !== 'hop-limit') calls.setOption(socket, option, ...rest);
        },
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
];
