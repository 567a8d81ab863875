import { int } from '../../socket/control';
import { RECEIVE } from './options';
import { fail, receiving, setting, withData } from '../objects';
import type { Defect } from '../defect';

/** What a host can do wrong with the ancillary data of received messages. */
export const receivedObjectDefects: readonly Defect[] = [
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
      '11.3.sender-*',
      '11.3.indication-*',
      '11.3.connected-sender-is-told',
      '11.3.buffered-messages-come-first',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '12.only-what-was-asked-for',
      '16.receiving-options-without-privilege',
      '20.2.receives-*',
      '4.no-object-is-a-next-hop',
      '11.3.destination-behind-a-route',
      '13.packet-information-of-mapped-traffic',
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
      '11.3.buffered-messages-come-first',
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
    id: 'received-next-hop',
    says: 'A receiver who asked for anything is told a next hop too.',
    kills: ['3.available-header-fields', '4.no-object-is-a-next-hop'],
    seed: receiving((objects) =>
      objects.length < RECEIVE.length
        ? objects
        : [...objects, { level: 41, type: 9, data: Buffer.alloc(28) }],
    ),
  },
  {
    id: 'received-mapped-addresses-are-not-told',
    says: 'A receiver of IPv4 traffic is told nothing of it.',
    kills: ['13.packet-information-of-mapped-traffic'],
    seed: receiving((objects) =>
      objects.filter(
        ({ option, data }) => option !== 'packet-info' || data.toString('hex', 10, 12) !== 'ffff',
      ),
    ),
  },
  {
    id: 'receive-options-are-not-for-tcp',
    says: 'A TCP socket takes none of the options that ask for ancillary data.',
    kills: ['4.1.receive-options-of-tcp'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          const stream = calls.getOption(socket, 'type', 4)[0] === 1;
          if (stream && RECEIVE.includes(option)) fail('setsockopt', 'ENOPROTOOPT');
          calls.setOption(socket, option, value, length);
        },
      }),
    },
  },
];
