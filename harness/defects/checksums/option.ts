import { SyscallError } from '../../errors';
import { int } from '../../socket/control';
import type { Descriptor } from '../../socket/system-calls';
import type { Defect } from '../defect';
import { fail, setting } from '../objects';
import { received } from '../packet-filter';

/** The next header of the raw sockets for which rules set IPV6_CHECKSUM. */
const OSPF = 89;
/** A checksum that a program writes itself. */
const WRITTEN = Buffer.from('1234', 'hex');

/** What a host can do wrong with IPV6_CHECKSUM, and with the messages of programs that use it. */
export const checksumOptionDefects: readonly Defect[] = [
  {
    id: 'checksum-option-on-icmpv6',
    says: 'IPV6_CHECKSUM is accepted on ICMPv6 sockets, and -1 turns the checksum off.',
    shipped: 'the KAME stack, for an offset of 2',
    kills: ['3.1.*-icmpv6', '3.1.refused-option-changes-nothing', 'kame-checksum-2.two-is-refused'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          const icmpv6 = option === 'checksum' && calls.getOption(socket, 'protocol', 4)[0] === 58;
          if (!icmpv6) calls.setOption(socket, option, value, length);
          else if (value?.readInt32LE() === -1) calls.setOption(socket, 'checksum-at-raw-level', value, 4);
        },
        getOption: (socket, option, room) => {
          const icmpv6 = option === 'checksum' && calls.getOption(socket, 'protocol', 4)[0] === 58;
          return icmpv6 ? int(-1) : calls.getOption(socket, option, room);
        },
      }),
    },
  },
  {
    id: 'checksum-option-takes-any-offset',
    says: 'IPV6_CHECKSUM takes odd offsets, other negative ones as they are, and values of any length.',
    kills: [
      '3.1.odd-offsets-are-refused',
      '3.1.refused-offset-keeps-the-old-one',
      '3.1.option-lengths',
      '3.1.other-negative-offsets',
      'linux-fb7bc9204095.a-short-option-is-refused',
    ],
    seed: {
      calls: ({ calls }) => {
        const odd = new Map<Descriptor, Buffer>();
        return {
          setOption: (socket, option, value, length = value?.length ?? 0) => {
            const offset = value !== undefined && value.length >= 4 ? value.readInt32LE() : 0;
            if (option === 'checksum' && calls.getOption(socket, 'protocol', 4)[0] === OSPF) {
              odd.delete(socket);
              if (offset % 2 !== 0 && offset !== -1) odd.set(socket, int(offset));
              else if (offset < -1) odd.set(socket, int(offset));
              else calls.setOption(socket, option, value, length === 0 ? 0 : Math.max(4, length));
            } else calls.setOption(socket, option, value, length);
          },
          getOption: (socket, option, room) =>
            (option === 'checksum' ? odd.get(socket) : undefined) ?? calls.getOption(socket, option, room),
          close: (socket) => {
            odd.delete(socket);
            calls.close(socket);
          },
        };
      },
    },
  },
  {
    id: 'checksum-option-is-ignored',
    says: 'IPV6_CHECKSUM reads back as it was set and does nothing.',
    kills: [
      '3.1.option-fills-*',
      '3.1.option-keeps-bad-ones-out',
      '3.1.offset-beyond-the-payload',
      'linux-e87a468eb97d',
      'openbsd-rip6cksum.short-packets-are-discarded',
    ],
    seed: {
      calls: ({ calls }) => {
        const stored = new Map<Descriptor, Buffer>();
        return {
          setOption: (socket, option, value, length) => {
            calls.setOption(socket, option, value, length);
            if (option !== 'checksum') return;
            stored.set(socket, calls.getOption(socket, option, 4));
            calls.setOption(socket, option, int(-1), 4);
          },
          getOption: (socket, option, room) =>
            (option === 'checksum' ? stored.get(socket) : undefined) ?? calls.getOption(socket, option, room),
          close: (socket) => {
            stored.delete(socket);
            calls.close(socket);
          },
        };
      },
    },
  },
  {
    id: 'checksum-option-is-refused',
    says: 'IPV6_CHECKSUM can not be set.',
    shipped: 'gVisor in 2020 (google/gvisor#3996)',
    kills: [
      '3.1.option-reads-back',
      '3.1.option-fills-*',
      '3.1.option-lets-good-ones-in',
      '3.1.option-keeps-bad-ones-out',
      '3.1.option-off-*',
      '3.1.refused-offset-keeps-the-old-one',
      '3.1.option-lengths',
      '3.1.other-negative-offsets',
      '3.1.offset-beyond-the-payload',
      'linux-e87a468eb97d',
      'gvisor-3996.the-option-can-be-set',
      'openbsd-rip6cksum.short-packets-are-discarded',
    ],
    seed: setting((option) => option === 'checksum' && fail('setsockopt', 'ENOPROTOOPT')),
  },
  {
    id: 'checksum-option-drops-everything',
    says: 'Packets of next header 89 never reach a raw socket, whatever their checksum.',
    kills: [
      '3.1.option-lets-good-ones-in',
      '3.1.option-keeps-bad-ones-out',
      '3.1.without-the-option-nothing-is-verified',
      '3.1.option-off-again-verifies-nothing',
      'openbsd-rip6cksum.short-packets-are-discarded',
    ],
    seed: received('ip6 nexthdr 89 drop'),
  },
  {
    id: 'checksum-option-is-on-at-first',
    says: 'A raw socket of another next header starts with IPV6_CHECKSUM 2, and can not be told to leave it.',
    kills: [
      '3.sends-an-empty-payload',
      '3.1.option-is-off-by-default',
      '3.1.without-*',
      '3.1.option-keeps-bad-ones-out',
      '3.1.option-off-*',
      '3.1.other-negative-offsets',
      'linux-fb7bc9204095.a-short-option-is-refused',
    ],
    seed: {
      calls: ({ calls }) => ({
        socket: (kind) => {
          const socket = calls.socket(kind);
          if (kind.family === 'inet6' && kind.type === 'raw' && kind.protocol === OSPF)
            calls.setOption(socket, 'checksum', int(2), 4);
          return socket;
        },
        setOption: (socket, option, value, length) => {
          const off =
            option === 'checksum' && value !== undefined && value.length >= 4 && value.readInt32LE() < 0;
          if (!off || calls.getOption(socket, 'protocol', 4)[0] !== OSPF)
            calls.setOption(socket, option, value, length);
        },
      }),
    },
  },
  {
    id: 'checksum-option-everywhere',
    says: 'IPV6_CHECKSUM is accepted and read on sockets that are not raw.',
    kills: ['3.1.*-socket'],
    seed: {
      calls: ({ calls }) => {
        const isRaw = (socket: Descriptor): boolean => calls.getOption(socket, 'type', 4)[0] === 3;
        return {
          setOption: (socket, option, value, length) => {
            if (option !== 'checksum' || isRaw(socket)) calls.setOption(socket, option, value, length);
          },
          getOption: (socket, option, room) =>
            option === 'checksum' && !isRaw(socket) ? int(-1) : calls.getOption(socket, option, room),
        };
      },
    },
  },
  {
    id: 'checksum-option-is-unsupported',
    says: 'Raw sockets do not have IPV6_CHECKSUM.',
    shipped: 'gVisor in 2020 (google/gvisor#3996)',
    kills: [
      '3.1.offset-beyond-the-payload',
      '3.1.option-fills-at-offset-*',
      '3.1.option-keeps-bad-ones-out',
      '3.1.option-lengths',
      '3.1.option-lets-good-ones-in',
      '3.1.option-off-again-*',
      '3.1.option-reads-back',
      '3.1.other-negative-offsets',
      '3.1.refused-offset-keeps-the-old-one',
      'gvisor-3996.the-option-can-be-set',
      'linux-e87a468eb97d',
      'openbsd-rip6cksum.short-packets-are-discarded',
    ],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          if (option === 'checksum') throw new SyscallError('setsockopt', 'ENOPROTOOPT', 92, '', '');
          calls.setOption(socket, option, value, length);
        },
      }),
    },
  },
  {
    id: 'checksum-beyond-the-end-is-stored',
    says: 'A checksum whose offset is behind the payload is stored in its last two bytes.',
    shipped: 'Linux before 6.2, where there was anything to write to (CVE-2023-0394)',
    kills: ['3.1.offset-beyond-the-payload', 'linux-cb3e9864cdbe.options-do-not-count-as-payload'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => {
          const option = calls.getOption(socket, 'protocol', 4)[0] === OSPF;
          const offset = option ? calls.getOption(socket, 'checksum', 4) : int(-1);
          if (offset.readInt32LE() < data.length) return calls.sendTo(socket, data, to, flags);
          const stored = Buffer.concat([data.subarray(0, -2), Buffer.of(0x35, 0x42)]);
          calls.setOption(socket, 'checksum', int(-1), 4);
          try {
            return calls.sendTo(socket, stored, to, flags);
          } finally {
            calls.setOption(socket, 'checksum', offset, 4);
          }
        },
      }),
    },
  },
  {
    id: 'checksum-beyond-the-end-is-skipped',
    says: 'A message too short for its checksum is sent without one.',
    kills: [
      '3.protocol-255-sends-payload',
      '3.destination-port',
      '3.ipv4-addresses',
      '3.1.short-messages',
      '3.1.offset-beyond-the-payload',
    ],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => {
          try {
            return calls.sendTo(socket, data, to, flags);
          } catch (error) {
            if (!(error instanceof SyscallError) || !['EINVAL', 'EFAULT'].includes(error.code)) throw error;
            if (data.length > 13) throw error;
            return data.length;
          }
        },
      }),
    },
  },
  {
    id: 'checksum-written-into-the-buffer',
    says: "The kernel writes the checksum into the program's own buffer.",
    kills: [
      '3.1.sendto-leaves-the-buffer-alone',
      '3.1.sendmsg-leaves-the-buffer-alone',
      '3.1.sendmsg-many-pieces-leaves-the-buffer-alone',
      '3.1.sendmmsg-leaves-the-buffer-alone',
      '3.1.send-leaves-the-buffer-alone',
      '3.1.write-leaves-the-buffer-alone',
      '3.1.corked-leaves-the-buffer-alone',
    ],
    seed: {
      calls: ({ calls }) => {
        const spoil = (...parts: readonly (Buffer | undefined)[]): void => {
          const message = Buffer.concat(parts.filter((part) => part !== undefined));
          const [first = Buffer.alloc(0), second] = parts;
          if (message.indexOf(WRITTEN) !== 2) return;
          if (first.length >= 4) first.writeUInt16BE(0, 2);
          else second?.fill(0, 0, 2);
        };
        return {
          write: (socket, data) => (spoil(data), calls.write(socket, data)),
          send: (socket, data, flags) => (spoil(data), calls.send(socket, data, flags)),
          sendTo: (socket, data, to, flags) => {
            const sent = calls.sendTo(socket, data, to, flags);
            // A corked message comes in pieces: its checksum begins the second.
            if (flags.includes('more')) spoil(Buffer.alloc(2), data);
            else spoil(data);
            return sent;
          },
          sendMessage: (socket, message) => (spoil(...message.parts), calls.sendMessage(socket, message)),
          sendMessages: (socket, messages) => (
            spoil(...(messages[0]?.parts ?? [])),
            calls.sendMessages(socket, messages)
          ),
        };
      },
    },
  },
];
