import { decodeControl, encodeControl, type ControlObject } from '../../socket/control';
import type { OptionName } from '../../socket/options';
import type { System, SystemCalls } from '../../socket/system-calls';
import { numberOf } from '../objects';
import { HEADERS, isHeaderObject } from './headers';
import type { Defect } from '../defect';

/** A system whose recvmsg(2) returns other objects than the kernel. */
function returning(change: (objects: ControlObject[], system: System, socket: number) => ControlObject[]) {
  return (system: System): Partial<SystemCalls> => ({
    receiveMessage: (socket, room, flags) => {
      const message = system.calls.receiveMessage(socket, room, flags);
      if (message === undefined || message.controlTruncated) return message;
      const before = decodeControl(system.control, message.control);
      return { ...message, control: encodeControl(system.control, change(before, system, socket)) };
    },
  });
}

/** What a host can do wrong with extension headers that it receives. */
export const receivedHeaderDefects: readonly Defect[] = [
  {
    id: 'received-headers-are-lost',
    says: 'No received extension header becomes an ancillary data object.',
    kills: [
      '3.available-header-fields',
      '4.receive-routing-header-returns-its-object',
      '4.*-options-returns-its-object',
      '4.receive-routing-header-is-a-boolean',
      '4.*-options-is-a-boolean',
      '4.2.no-header-no-object',
      '7.received-header-is-an-object',
      '7.several-headers-*',
      '8.receiving-without-privilege',
      '8.1.*-is-returned',
      '9.1.received-*',
      '9.1.several-*',
      '9.1.before-*',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '12.only-what-was-asked-for',
      '16.receiving-options-without-privilege',
      '4.no-object-is-a-next-hop',
    ],
    seed: {
      calls: returning((objects, system) => objects.filter((object) => !isHeaderObject(system, object))),
    },
  },
  {
    id: 'received-headers-without-asking',
    says: 'A socket returns received extension headers that no one asked for.',
    kills: [
      '4.*-its-object',
      '4.receive-routing-header-is-off-at-first',
      '4.*-options-is-off-at-first',
      '4.nothing-is-returned-unasked',
      '4.*-boolean',
      '4.options-of-one-socket-are-its-own',
      '7.no-object-unless-asked-for',
      '8.1.no-object-*',
      '9.1.no-object-unless-asked-for',
      '12.only-what-was-asked-for',
    ],
    seed: {
      calls: ({ calls }) => ({
        socket: (kind) => {
          const socket = calls.socket(kind);
          for (const option of kind.type === 'raw' && kind.family === 'inet6' ? Object.values(HEADERS) : [])
            calls.setOption(socket, option, Buffer.of(1, 0, 0, 0));
          return socket;
        },
      }),
    },
  },
  {
    id: 'received-headers-out-of-nothing',
    says: 'Where a packet lacks an extension header that was asked for, an object with an empty one is returned.',
    kills: [
      '4.2.no-header-no-object',
      '7.no-object-without-a-header',
      '8.1.no-object-without-a-header',
      '9.1.no-object-without-a-header',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '13.ipv4-packets-of-protocol-58',
    ],
    seed: {
      calls: returning((objects, system, socket) => {
        const missing = (Object.entries(HEADERS) as [OptionName, OptionName][]).filter(
          ([header, asks]) =>
            !objects.some(({ type }) => type === numberOf(system, header)) &&
            (system.calls.getOption(socket, asks, 4)[0] ?? 0) !== 0,
        );
        const made = missing.map(([header]) => ({
          level: 41,
          type: numberOf(system, header),
          data: Buffer.alloc(8),
        }));
        return [...objects, ...made];
      }),
    },
  },
  {
    id: 'received-headers-cut-to-8-bytes',
    says: 'Of a received extension header only the first 8 bytes are returned.',
    kills: [
      '7.received-header-is-an-object',
      '8.1.long-options-is-returned',
      '9.1.received-*',
      '9.1.several-*',
    ],
    seed: {
      calls: returning((objects, system) =>
        objects.map((object) =>
          isHeaderObject(system, object) ? { ...object, data: object.data.subarray(0, 8) } : object,
        ),
      ),
    },
  },
  {
    id: 'received-headers-only-the-first',
    says: 'Of several received extension headers of one kind only the first is returned.',
    kills: [
      '3.available-header-fields',
      '7.several-headers-*',
      '9.1.several-*',
      '9.1.before-*',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '12.only-what-was-asked-for',
    ],
    seed: {
      calls: returning((objects, system) =>
        objects.filter(
          (object, index) =>
            !isHeaderObject(system, object) ||
            objects.findIndex(({ type }) => type === object.type) === index,
        ),
      ),
    },
  },
  {
    id: 'received-headers-sorted-by-kind',
    says: 'Objects of received extension headers are sorted by their kind, whatever the order in the packet.',
    kills: ['12.objects-follow-the-packet', '12.any-order-is-received', '12.only-what-was-asked-for'],
    seed: { calls: returning((objects) => [...objects].sort((one, other) => one.type - other.type)) },
  },
];
