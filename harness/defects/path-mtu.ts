import { SyscallError } from '../errors';
import { decodeControl, encodeControl, int, readInt, type ControlObject } from '../socket/control';
import type { Option, OptionName } from '../socket/options';
import type { OutgoingMessage, System, SystemCalls } from '../socket/system-calls';
import type { Defect } from './defect';

const INFO_BYTES = 32;
/** More than any link of the laboratory takes. */
const LARGE = 60_000;

/** Rules that read what an indication holds. */
const WITH_INDICATION = [
  '11.3.sender-is-told-*',
  '11.3.indication-is-an-empty-message',
  '11.3.indication-names-the-zone',
  '11.3.connected-sender-is-told',
  '11.3.buffered-messages-come-first',
];

function numberOf({ options }: System, option: OptionName): number {
  const place = options[option];
  return 'absent' in place ? -1 : place.name;
}

/** The ancillary data of a message without, or with other, objects. */
function altered(
  system: System,
  message: OutgoingMessage,
  change: (objects: ControlObject[]) => ControlObject[],
): OutgoingMessage {
  const objects = decodeControl(system.control, message.control ?? Buffer.alloc(0));
  return { ...message, control: encodeControl(system.control, change(objects)) };
}

/** Every raw IPv6 socket starts with this option set. */
const startingWith =
  (option: Option, value: number) =>
  ({ calls }: System): Partial<SystemCalls> => ({
    socket: (kind) => {
      const socket = calls.socket(kind);
      if (kind.type === 'raw' && kind.family === 'inet6') calls.setOption(socket, option, int(value));
      return socket;
    },
  });

/** Setting the option, or specifying it as ancillary data, is taken and does nothing, for values that `which` picks. */
const ignoring =
  (option: OptionName, which: (value: number) => boolean) =>
  (system: System): Partial<SystemCalls> => ({
    setOption: (socket, named, value, length) => {
      if (named !== option || value === undefined || !which(readInt(value)))
        system.calls.setOption(socket, named, value, length);
    },
    sendMessage: (socket, message) =>
      system.calls.sendMessage(
        socket,
        altered(system, message, (objects) =>
          objects.filter(({ type, data }) => type !== numberOf(system, option) || !which(readInt(data))),
        ),
      ),
  });

function refusesFragments(system: System, socket: number, message: OutgoingMessage): boolean {
  const own = decodeControl(system.control, message.control ?? Buffer.alloc(0)).find(
    ({ type }) => type === numberOf(system, 'dont-fragment'),
  );
  return readInt(own?.data ?? system.calls.getOption(socket, 'dont-fragment', 4)) !== 0;
}

const size = ({ parts }: OutgoingMessage): number => parts.reduce((sum, part) => sum + part.length, 0);

const mute = (code: string, action: () => number): number => {
  try {
    return action();
  } catch (error) {
    if (error instanceof SyscallError && error.code === code) return 0;
    throw error;
  }
};

/** Indications with other contents than the kernel's. */
const indicating =
  (change: (info: Buffer) => Buffer) =>
  (system: System): Partial<SystemCalls> => ({
    receiveMessage: (socket, room, flags) => {
      const message = system.calls.receiveMessage(socket, room, flags);
      if (message === undefined || message.controlTruncated) return message;
      const objects = decodeControl(system.control, message.control).map((object) =>
        object.type === numberOf(system, 'path-mtu') ? { ...object, data: change(object.data) } : object,
      );
      return { ...message, control: encodeControl(system.control, objects) };
    },
  });

/** IPV6_PATHMTU that is read otherwise. */
const reading =
  (get: (calls: SystemCalls, socket: number, room: number) => Buffer) =>
  ({ calls }: System): Partial<SystemCalls> => ({
    getOption: (socket, option, room) =>
      option === 'path-mtu' ? get(calls, socket, room) : calls.getOption(socket, option, room),
  });

/** What a host can do wrong with the minimum MTU, packets that must stay whole, and the path MTU. */
export const pathMtuDefects: readonly Defect[] = [
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
    kills: ['11.1.unicast-uses-the-path-mtu', '11.1.multicast-uses-the-minimum'],
    seed: {
      ip: [
        'route add fd00:3542::2/128 dev host mtu 1280',
        'route add multicast ff02::3542/128 dev host table local metric 1 mtu 1280',
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
      ...WITH_INDICATION,
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
      '11.3.packet-too-big-*',
      '11.3.every-socket-is-told-of-a-packet-too-big',
      '11.3.connected-socket-and-other-destinations',
      '11.4.mtu-of-a-packet-too-big',
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
    kills: ['11.2.*-sends-what-fits', ...WITH_INDICATION],
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
  {
    id: 'indications-cannot-be-asked-for',
    says: 'IPV6_RECVPATHMTU is taken and does nothing.',
    kills: ['11.3.off-by-default', ...WITH_INDICATION],
    seed: { calls: ignoring('receive-path-mtu', () => true) },
  },
  {
    id: 'indications-from-the-start',
    says: 'IPV6_RECVPATHMTU is on at first.',
    kills: ['11.3.off-by-default', '11.3.no-indication-unless-asked-for'],
    seed: { calls: startingWith('receive-path-mtu', 1) },
  },
  {
    id: 'indications-for-what-fits',
    says: 'With IPV6_DONTFRAG a packet that goes out brings an indication too.',
    kills: ['11.3.no-indication-for-what-fits'],
    seed: {
      calls: (system) => ({
        sendMessage: (socket, message) => {
          const sent = system.calls.sendMessage(socket, message);
          if (refusesFragments(system, socket, message))
            mute('EMSGSIZE', () =>
              system.calls.sendMessage(socket, { ...message, parts: [Buffer.alloc(LARGE)] }),
            );
          return sent;
        },
      }),
    },
  },
  {
    id: 'indications-out-of-nothing',
    says: 'A socket that asked for indications gets one of an MTU of 0 when nothing else is queued.',
    kills: [
      '11.3.no-indication-for-what-fits',
      ...WITH_INDICATION,
      '11.3.packet-too-big-is-indicated',
      '11.3.every-socket-*',
      '11.3.readiness-and-peeking',
      '11.3.connected-socket-and-other-destinations',
    ],
    seed: {
      calls: (system) => {
        const given = new Set<number>();
        const { calls } = system;
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            if (kind.family === 'inet6') given.delete(socket);
            else given.add(socket);
            return socket;
          },
          receiveMessage: (socket, room, flags) => {
            const message = calls.receiveMessage(socket, room, flags);
            if (message !== undefined || given.has(socket)) return message;
            if (readInt(calls.getOption(socket, 'receive-path-mtu', 4)) === 0) return undefined;
            given.add(socket);
            const info = { level: 41, type: numberOf(system, 'path-mtu'), data: Buffer.alloc(INFO_BYTES) };
            return {
              data: Buffer.alloc(0),
              length: 0,
              from: undefined,
              control: encodeControl(system.control, [info]),
              truncated: false,
              controlTruncated: false,
            };
          },
        };
      },
    },
  },
  {
    id: 'indications-without-the-mtu',
    says: 'The object of an indication holds the address alone.',
    kills: WITH_INDICATION,
    seed: { calls: indicating((info) => info.subarray(0, 28)) },
  },
  {
    id: 'indications-without-the-zone',
    says: 'The destination in an indication has no zone.',
    kills: ['11.3.indication-names-the-zone'],
    seed: {
      calls: indicating((info) => Buffer.concat([info.subarray(0, 24), int(0), info.subarray(28)])),
    },
  },
  {
    id: 'packet-too-big-is-ignored',
    says: 'A received Packet Too Big for a destination beyond the link does not change the path MTU.',
    kills: ['11.3.packet-too-big-shrinks-fragments', '11.4.mtu-of-a-packet-too-big'],
    seed: {
      nft: `add table ip6 defect
add chain ip6 defect in { type filter hook input priority 0; }
add rule ip6 defect in icmpv6 type packet-too-big @nh,576,32 0x20010db8 drop`,
    },
  },
  {
    id: 'path-mtu-reads-as-the-minimum',
    says: 'IPV6_PATHMTU always has the minimum MTU.',
    kills: ['11.4.mtu-*'],
    seed: {
      calls: reading((calls, socket, room) =>
        Buffer.concat([calls.getOption(socket, 'path-mtu', room).subarray(0, 28), int(1280)]),
      ),
    },
  },
  {
    id: 'path-mtu-without-a-connection',
    says: 'Getting IPV6_PATHMTU on an unconnected socket gives zeros, and fills whatever room there is.',
    kills: ['11.4.unconnected-sockets-have-none', '11.4.room-for-the-answer'],
    seed: {
      calls: reading((calls, socket, room) => {
        try {
          return Buffer.concat([calls.getOption(socket, 'path-mtu', room)], room);
        } catch {
          return Buffer.alloc(room);
        }
      }),
    },
  },
  {
    id: 'path-mtu-with-an-address',
    says: 'IPV6_PATHMTU has the address ::1.',
    kills: ['11.4.address-in-the-answer'],
    seed: {
      calls: reading((calls, socket, room) => {
        const info = calls.getOption(socket, 'path-mtu', room);
        info.writeUInt8(1, 23);
        return info;
      }),
    },
  },
  {
    id: 'path-mtu-can-be-set',
    says: 'Setting IPV6_PATHMTU succeeds.',
    kills: ['11.4.setting-fails'],
    seed: { calls: ignoring('path-mtu', () => true) },
  },
];
