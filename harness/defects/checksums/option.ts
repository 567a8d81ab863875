import { SyscallError } from '../../errors';
import { int } from '../../socket/control';
import type { Descriptor } from '../../socket/system-calls';
import type { Defect } from '../defect';

/** The next header of the raw sockets for which rules set IPV6_CHECKSUM. */
const OSPF = 89;

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
      '3.1.option-lengths',
      '3.1.other-negative-offsets',
      '3.1.refused-offset-keeps-the-old-one',
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
    shipped: 'gVisor in 2020 (google/gvisor#3996), where setting it failed',
    kills: [
      '3.1.offset-beyond-the-payload',
      '3.1.option-fills-*',
      '3.1.option-keeps-bad-ones-out',
      'linux-e87a468eb97d.pieces-that-cross-fragments',
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
    id: 'checksum-option-is-on-at-first',
    says: 'A raw socket of another next header starts with IPV6_CHECKSUM 2, and can not be told to leave it.',
    kills: [
      '3.1.option-is-off-by-default',
      '3.1.option-keeps-bad-ones-out',
      '3.1.option-off-*',
      '3.1.other-negative-offsets',
      '3.1.without-*',
      '3.sends-an-empty-payload',
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
    id: 'checksum-beyond-the-end-is-skipped',
    says: 'A message too short for its checksum is sent without one.',
    kills: [
      '3.1.offset-beyond-the-payload',
      '3.1.short-messages',
      '3.destination-port',
      '3.ipv4-addresses',
      '3.protocol-255-sends-payload',
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
      '3.1.send-leaves-the-buffer-alone',
      '3.1.sendmmsg-leaves-the-buffer-alone',
      '3.1.sendmsg-leaves-the-buffer-alone',
      '3.1.sendto-leaves-the-buffer-alone',
      '3.1.write-leaves-the-buffer-alone',
    ],
    seed: {
      calls: ({ calls }) => {
        const spoil = (data: Buffer | undefined): void => {
          if (data !== undefined && data.length >= 4 && data.readUInt16BE(2) === 0x1234)
            data.writeUInt16BE(0, 2);
        };
        return {
          write: (socket, data) => (spoil(data), calls.write(socket, data)),
          send: (socket, data, flags) => (spoil(data), calls.send(socket, data, flags)),
          sendTo: (socket, data, to, flags) => (spoil(data), calls.sendTo(socket, data, to, flags)),
          sendMessage: (socket, message) => (spoil(message.parts[0]), calls.sendMessage(socket, message)),
          sendMessages: (socket, messages) => (
            spoil(messages[0]?.parts[0]),
            calls.sendMessages(socket, messages)
          ),
        };
      },
    },
  },
];
