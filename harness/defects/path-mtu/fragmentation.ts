import { SyscallError } from '../../errors';
import { int } from '../../socket/control';
import type { OutgoingMessage } from '../../socket/system-calls';
import { altered, numberOf } from '../objects';
import { ignoring, mute, refusesFragments, startingWith } from './options';
import type { Defect } from '../defect';

const size = ({ parts }: OutgoingMessage): number => parts.reduce((sum, part) => sum + part.length, 0);

/** What a host can do wrong with the minimum MTU, and with packets that must stay whole. */
export const fragmentationDefects: readonly Defect[] = [
  {
    id: 'minimum-mtu-only-stored',
    says: 'IPV6_USE_MIN_MTU takes any value, is 0 at first and does nothing.',
    kills: [
      '11.1.values-*',
      '11.1.default',
      '11.1.other-values-are-invalid',
      '11.1.*-1-fragments-to-the-minimum',
      '11.1.*-0-uses-the-path-mtu',
    ],
    seed: {
      calls: (system) => {
        const stored = new Map<number, Buffer>();
        const { calls } = system;
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            stored.delete(socket);
            return socket;
          },
          setOption: (socket, option, value, length) => {
            if (option !== 'use-min-mtu') calls.setOption(socket, option, value, length);
            else stored.set(socket, Buffer.from(value ?? int(0)));
          },
          getOption: (socket, option, room) =>
            option === 'use-min-mtu' ? (stored.get(socket) ?? int(0)) : calls.getOption(socket, option, room),
          sendMessage: (socket, message) =>
            calls.sendMessage(
              socket,
              altered(system, message, (objects) =>
                objects.filter(({ type }) => type !== numberOf(system, 'use-min-mtu')),
              ),
            ),
        };
      },
    },
  },
  {
    id: 'minimum-mtu-for-everything',
    says: 'What goes to the peer, or to a group, goes out with the minimum MTU.',
    kills: [
      '3.fragments-nothing-that-fits',
      '11.1.unicast-uses-the-path-mtu',
      '11.1.multicast-uses-the-minimum',
      '11.2.fragments-by-default',
      '11.2.*-fits',
      '11.3.no-indication-for-what-fits',
      '11.3.sender-*',
      '11.4.mtu-of-the-interface',
      'rfc4443-4.2.returns-what-was-asked',
    ],
    seed: {
      ip: [
        'route add fd00:3542::2/128 dev host mtu 1280',
        'route add multicast ff02::3542/128 dev host table local metric 1 mtu 1280',
      ],
      undo: [
        'route del fd00:3542::2/128 dev host',
        'route del multicast ff02::3542/128 dev host table local metric 1',
      ],
    },
  },
  {
    id: 'dont-fragment-is-ignored',
    says: 'IPV6_DONTFRAG is taken and does nothing.',
    kills: [
      '11.2.reads-back',
      '11.2.*-discards-what-is-too-big',
      '11.2.error-of-what-is-too-big-*',
      '11.2.ancillary-data-count-for-one-message',
      '11.3.sender-is-told-*',
      '11.3.indication-is-an-empty-message',
      '11.3.indication-names-the-zone',
      '11.3.connected-sender-is-told',
      '11.3.buffered-messages-come-first',
      '11.3.destination-behind-a-route',
    ],
    seed: { calls: ignoring('dont-fragment', () => true) },
  },
  {
    id: 'dont-fragment-from-the-start',
    says: 'IPV6_DONTFRAG is on at first.',
    kills: [
      '3.fragments-*',
      '3.sends-the-largest-message',
      '3.1.covers-a-fragmented-*',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '11.2.fragments-by-default',
      '11.2.off-by-default',
      '11.2.sockets-decide-for-themselves',
      '11.3.no-indication-for-what-fits',
      '11.3.packet-too-big-shrinks-fragments',
      'rfc8200-4.1.sends-headers-in-their-order',
      'linux-e87a468eb97d.raw-udp-carries-its-checksum',
    ],
    seed: { calls: startingWith('dont-fragment', 1) },
  },
  {
    id: 'dont-fragment-cannot-be-turned-off',
    says: 'IPV6_DONTFRAG 0 is taken and does nothing.',
    kills: ['11.2.reads-back', '11.2.zero-fragments-again', '11.2.ancillary-data-count-for-one-message'],
    seed: { calls: ignoring('dont-fragment', (value) => value === 0) },
  },
  {
    id: 'dont-fragment-leaves-room-for-a-header',
    says: 'With IPV6_DONTFRAG a packet is too big when a Fragment header would not fit as well.',
    kills: [
      '11.2.*-sends-what-fits',
      '11.3.sender-is-told-*',
      '11.3.indication-is-an-empty-message',
      '11.3.indication-names-the-zone',
      '11.3.connected-sender-is-told',
      '11.3.buffered-messages-come-first',
    ],
    seed: {
      calls: (system) => ({
        sendMessage: (socket, message) => {
          if (size(message) > 1500 - 40 - 8 && refusesFragments(system, socket, message))
            throw new SyscallError('sendmsg', 'EMSGSIZE', 90, 'send', 'the seeded defect');
          return system.calls.sendMessage(socket, message);
        },
      }),
    },
  },
  {
    id: 'dont-fragment-discards-in-silence',
    says: 'A send that IPV6_DONTFRAG discards succeeds.',
    kills: [
      '8.2.malformed-ancillary-headers',
      '9.2.malformed-ancillary-headers',
      '11.2.error-of-what-is-too-big-*',
    ],
    seed: {
      calls: ({ calls }) => ({
        sendMessage: (socket, message) => mute('EMSGSIZE', () => calls.sendMessage(socket, message)),
      }),
    },
  },
];
