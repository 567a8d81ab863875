import { int } from '../../socket/control';
import type { System, SystemCalls } from '../../socket/system-calls';
import { received } from '../packet-filter';
import { ignoring } from './options';
import type { Defect } from '../defect';

/** IPV6_PATHMTU that is read otherwise. */
const reading =
  (get: (calls: SystemCalls, socket: number, room: number) => Buffer) =>
  ({ calls }: System): Partial<SystemCalls> => ({
    getOption: (socket, option, room) =>
      option === 'path-mtu' ? get(calls, socket, room) : calls.getOption(socket, option, room),
  });

/** What a host can do wrong with the path MTU that it knows. */
export const pathMtuOptionDefects: readonly Defect[] = [
  {
    id: 'packet-too-big-is-ignored',
    says: 'A received Packet Too Big for a destination beyond the link does not change the path MTU.',
    kills: [
      '3.2.errors-are-filtered-by-their-type',
      '11.3.packet-too-big-shrinks-fragments',
      '11.4.mtu-of-a-packet-too-big',
      'rfc4443-3.2.is-passed-up',
    ],
    seed: received('icmpv6 type packet-too-big @nh,576,32 0x20010db8 drop'),
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
    kills: ['4.objects-that-are-none', '11.4.setting-fails'],
    seed: { calls: ignoring('path-mtu', () => true) },
  },
];
