import { decodeControl, encodeControl, int, readInt } from '../../socket/control';
import type { System, SystemCalls } from '../../socket/system-calls';
import { numberOf } from '../objects';
import { ignoring, mute, refusesFragments, startingWith } from './options';
import type { Defect } from '../defect';

const INFO_BYTES = 32;
/** More than any link of the laboratory takes. */
const LARGE = 60_000;

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

/** What a host can do wrong when it tells a program of a path MTU. */
export const indicationDefects: readonly Defect[] = [
  {
    id: 'indications-cannot-be-asked-for',
    says: 'IPV6_RECVPATHMTU is taken and does nothing.',
    kills: [
      '11.3.off-by-default',
      '11.3.sender-is-told-*',
      '11.3.indication-is-an-empty-message',
      '11.3.indication-names-the-zone',
      '11.3.connected-sender-is-told',
      '11.3.buffered-messages-come-first',
      '11.3.destination-behind-a-route',
    ],
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
      '11.3.sender-is-told-*',
      '11.3.indication-is-an-empty-message',
      '11.3.indication-names-the-zone',
      '11.3.connected-sender-is-told',
      '11.3.packet-too-big-is-indicated',
      '11.3.buffered-messages-come-first',
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
    kills: [
      '11.3.sender-is-told-*',
      '11.3.indication-is-an-empty-message',
      '11.3.indication-names-the-zone',
      '11.3.connected-sender-is-told',
      '11.3.buffered-messages-come-first',
      '11.3.destination-behind-a-route',
    ],
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
    id: 'indications-name-the-first-node',
    says: 'An indication names the node that a routing header leads to first.',
    kills: ['11.3.destination-behind-a-route'],
    seed: {
      calls: (system) => {
        const nodes = new Map<number, Buffer>();
        const { calls } = system;
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            nodes.delete(socket);
            return socket;
          },
          setOption: (socket, option, value, length) => {
            calls.setOption(socket, option, value, length);
            if (option === 'routing-header' && value !== undefined) nodes.set(socket, value.subarray(-16));
          },
          receiveMessage: (socket, room, flags) => {
            const node = nodes.get(socket);
            if (node === undefined) return calls.receiveMessage(socket, room, flags);
            const named = indicating((info) => Buffer.concat([info.subarray(0, 8), node, info.subarray(24)]))(
              system,
            );
            return named.receiveMessage?.(socket, room, flags);
          },
        };
      },
    },
  },
];
