import { SyscallError } from '../../errors';
import { decodeControl } from '../../socket/control';
import type { Option } from '../../socket/options';
import type { System } from '../../socket/system-calls';
import { altered, numberOf } from '../objects';
import { sent } from '../packet-filter';
import { sendEveryHeader } from './every-header';
import { isHeader, isHeaderObject, PRECEDING } from './headers';
import type { Defect } from '../defect';

const sticky = (system: System, act: (option: Option, value: Buffer | undefined) => 'done' | Option) => ({
  setOption: (socket: number, option: Option, value: Buffer | undefined, length?: number) => {
    const instead = isHeader(option) ? act(option, length === 0 ? undefined : value) : option;
    if (instead !== 'done') system.calls.setOption(socket, instead, value, length);
  },
});

const mute = (action: () => void): void => {
  try {
    action();
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
  }
};

/** What a host can do wrong with the extension headers that a program asks for. */
export const sentHeaderDefects: readonly Defect[] = [
  {
    id: 'next-header-as-written',
    says: 'The first extension header goes out with a next header that does not follow it.',
    kills: [
      '3.settable-header-fields',
      '3.1.leaves-out-*',
      '3.1.covers-the-final-destination',
      '4.1.*-options',
      '7.sticky-header-goes-out',
      '7.destination-*',
      '7.connected-*',
      '8.2.*-header-goes-out',
      '8.2.sticky-header-stays',
      '9.2.*-header-goes-out',
      '9.2.zero-length-removes-the-options-of-a-route',
      '9.2.options-of-a-route-precede-it',
      '9.2.other-options-follow-the-route',
      '12.worked-example',
      '12.objects-in-any-order',
      '12.recommended-order-goes-out',
      'rfc8200-4.1.sends-headers-in-their-order',
    ],
    // The kernel's own reports of its groups have a hop limit of 1.
    seed: sent('ip6 hoplimit > 1 ip6 nexthdr { 0, 43, 60 } @nh,320,8 set 99'),
  },
  {
    id: 'sticky-headers-are-ignored',
    says: 'Setting an extension header as a sticky option succeeds and does nothing.',
    kills: [
      '3.1.leaves-out-hop-by-hop-options',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '3.1.covers-the-final-destination',
      '4.*-options-is-option-and-object',
      '4.*-options-affects-every-packet',
      '4.*-options-reads-back',
      '4.1.*-options',
      '4.2.sticky-options-stay-with-ancillary-hop-limit',
      '7.sticky-header-goes-out',
      '7.destination-*',
      '7.connected-*',
      '7.source-routes',
      '8.several-sticky-options-share-a-header',
      '8.sending-without-privilege',
      '8.2.sticky-*',
      '8.2.malformed-sticky-headers',
      '9.2.sticky-header-goes-out',
      '9.2.malformed-sticky-headers',
      '9.2.zero-length-removes-the-options-of-a-route',
      '9.2.options-of-a-route-precede-it',
      '9.2.other-options-follow-the-route',
      '12.recommended-order-goes-out',
      '16.setting-options-without-privilege',
      'rfc8200-4.1.sends-headers-in-their-order',
    ],
    seed: { calls: (system) => sticky(system, () => 'done') },
  },
  {
    id: 'sticky-headers-cannot-be-removed',
    says: 'Setting an extension header with a length of zero succeeds and leaves the sticky header.',
    kills: [
      '4.*-options-affects-every-packet',
      '7.zero-length-*',
      '8.sending-without-privilege',
      '8.2.zero-length-*',
      '9.2.zero-length-*',
    ],
    seed: {
      calls: (system) => sticky(system, (option, value) => (value === undefined ? 'done' : option)),
    },
  },
  {
    id: 'ancillary-headers-are-ignored',
    says: 'An extension header in ancillary data is taken and does not go out.',
    kills: [
      '3.settable-header-fields',
      '3.1.leaves-out-destination-options',
      '4.*-options-is-option-and-object',
      '4.the-same-object-twice',
      '4.2.*-options-overrides-sticky',
      '4.2.*-options',
      '4.2.empty-*',
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
      '17.override-of-sticky-options',
    ],
    seed: {
      calls: (system) => ({
        sendMessage: (socket, message) =>
          system.calls.sendMessage(
            socket,
            altered(system, message, (objects) =>
              objects.filter((object) => !isHeaderObject(system, object)),
            ),
          ),
      }),
    },
  },
  {
    id: 'ancillary-headers-stay',
    says: 'An extension header in ancillary data becomes a sticky option.',
    kills: [
      '4.2.*-options-overrides-sticky',
      '8.2.malformed-ancillary-headers',
      '8.2.ancillary-header-does-not-stay',
      '9.2.malformed-ancillary-headers',
      '9.2.ancillary-header-does-not-stay',
    ],
    seed: {
      calls: (system) => ({
        sendMessage: (socket, message) => {
          const sent = system.calls.sendMessage(socket, message);
          for (const { level, type, data } of decodeControl(
            system.control,
            message.control ?? Buffer.alloc(0),
          )) {
            const header = isHeaderObject(system, { level, type, data });
            if (header) system.calls.setOption(socket, { level, name: type }, data);
          }
          return sent;
        },
      }),
    },
  },
  {
    id: 'options-of-a-route-without-one',
    says: 'IPV6_RTHDRDSTOPTS goes out like IPV6_DSTOPTS, with or without a routing header.',
    kills: [
      '4.sticky-routing-header-destination-options-reads-back',
      '9.2.*-options-for-a-route-need-one',
      '9.2.zero-length-removes-the-options-of-a-route',
      '9.2.options-of-a-route-precede-it',
      '12.worked-example',
      '12.recommended-order-goes-out',
      'rfc8200-4.1.sends-headers-in-their-order',
    ],
    seed: {
      calls: (system) => ({
        ...sticky(system, (option) => (option === PRECEDING ? 'destination-options' : option)),
        sendMessage: (socket, message) =>
          system.calls.sendMessage(
            socket,
            altered(system, message, (objects) =>
              objects.map((object) =>
                object.type === numberOf(system, PRECEDING)
                  ? { ...object, type: numberOf(system, 'destination-options') }
                  : object,
              ),
            ),
          ),
      }),
    },
  },
  {
    id: 'malformed-headers-are-taken',
    says: 'Specifying a malformed or forbidden extension header succeeds and does nothing.',
    kills: [
      '4.the-same-object-twice',
      '4.2.empty-*',
      '7.ancillary-header-goes-out',
      '7.source-routes',
      '8.sending-without-privilege',
      '8.2.malformed-*',
      '9.2.malformed-*',
      '16.setting-options-without-privilege',
    ],
    seed: {
      calls: (system) => ({
        setOption: (socket, option, value, length) => {
          if (!isHeader(option)) system.calls.setOption(socket, option, value, length);
          else
            mute(() => {
              system.calls.setOption(socket, option, value, length);
            });
        },
        sendMessage: (socket, message) => {
          const objects = decodeControl(system.control, message.control ?? Buffer.alloc(0));
          if (!objects.some((object) => isHeaderObject(system, object)))
            return system.calls.sendMessage(socket, message);
          mute(() => system.calls.sendMessage(socket, message));
          return 0;
        },
      }),
    },
  },
  {
    id: 'every-header-goes-out',
    says: 'Of an extension header that is specified twice both go out.',
    kills: [
      '4.the-same-object-twice',
      '4.2.*-options-overrides-sticky',
      '7.only-one-*',
      '8.two-*',
      '12.twice-*',
    ],
    seed: { calls: sendEveryHeader },
  },
];
