import type { Option } from '../../socket/options';
import type { System } from '../../socket/system-calls';
import { fail } from '../objects';
import type { Defect } from '../defect';

const isFilter = (option: Option): boolean => option === 'icmp6-filter';

/** Whether the calling thread may open a raw socket at this moment. */
function privileged({ calls }: System): boolean {
  try {
    calls.close(calls.socket({ family: 'inet6', type: 'raw', protocol: 58 }));
    return true;
  } catch {
    return false;
  }
}

/** What a host can do wrong when a program sets or reads a filter. */
export const filterOptionDefects: readonly Defect[] = [
  {
    id: 'filter-change-drops-the-queue',
    says: 'Setting a filter throws away what was queued before.',
    kills: ['3.2.queued-messages'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          calls.setOption(socket, option, value, length);
          if (isFilter(option)) while (calls.receiveFirstBytes(socket).length > 0);
        },
      }),
    },
  },
  {
    id: 'filter-needs-privilege',
    says: 'Changing the filter of an open socket needs the privilege that opening it needed.',
    kills: ['3.2.filter-without-privilege'],
    seed: {
      calls: (system) => ({
        setOption: (socket, option, value, length) => {
          if (isFilter(option) && !privileged(system)) fail('setsockopt', 'EPERM');
          system.calls.setOption(socket, option, value, length);
        },
      }),
    },
  },
  {
    id: 'filter-length-must-fit',
    says: 'A filter is written and read with an option length of 32 bytes, and with no other.',
    kills: ['3.2.read-lengths', '3.2.write-*'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length = value?.length ?? 0) => {
          if (isFilter(option) && length !== 0 && (length !== 32 || value === undefined)) {
            fail('setsockopt', 'EMSGSIZE');
          }
          calls.setOption(socket, option, value, length);
        },
        getOption: (socket, option, room) => {
          if (isFilter(option) && room !== 32) fail('getsockopt', 'EMSGSIZE');
          return calls.getOption(socket, option, room);
        },
      }),
    },
  },
  {
    id: 'filter-on-every-socket',
    says: 'ICMP6_FILTER, and any number near it, is accepted on sockets of every kind.',
    kills: [
      '3.an-option-of-ipv4',
      '3.2.*-socket',
      '3.2.another-name-at-the-level-of-icmpv6',
      '3.2.the-name-at-the-level-of-ipv6',
    ],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          try {
            calls.setOption(socket, option, value, length);
          } catch (error) {
            if (!isFilter(option) && typeof option === 'string') throw error;
            if (length !== undefined || value === undefined) throw error;
          }
        },
      }),
    },
  },
];
