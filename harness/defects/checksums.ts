import { SyscallError } from '../errors';
import type { Descriptor, SystemCalls } from '../socket/system-calls';
import type { Defect } from './defect';

const output = (rule: string): { readonly nft: string } => ({
  nft: `add table ip6 defect
add chain ip6 defect out { type filter hook output priority 0; }
add rule ip6 defect out ${rule}`,
});

/** The next header of the raw sockets for which rules set IPV6_CHECKSUM. */
const OSPF = 89;

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};

/**
 * Calls of a system on which a raw ICMPv6 socket sends what the program wrote, where `chosen` says so; the checksum is then
 * the program's own.
 */
function unfilled(
  calls: SystemCalls,
  chosen: (data: Buffer, path: 'sendto' | 'sendmsg' | 'sendmmsg' | 'send' | 'write') => boolean,
): Partial<SystemCalls> {
  const sending = <T>(socket: Descriptor, leave: boolean, send: () => T): T => {
    const level = (value: number): void => {
      try {
        calls.setOption(socket, 'checksum-at-raw-level', int(value), 4);
      } catch {
        // Only raw ICMPv6 sockets have something to leave out.
      }
    };
    const icmpv6 = leave && calls.getOption(socket, 'protocol', 4)[0] === 58;
    if (icmpv6) level(-1);
    try {
      return send();
    } finally {
      if (icmpv6) level(2);
    }
  };
  return {
    write: (socket, data) => sending(socket, chosen(data, 'write'), () => calls.write(socket, data)),
    send: (socket, data, flags) =>
      sending(socket, chosen(data, 'send'), () => calls.send(socket, data, flags)),
    sendTo: (socket, data, to, flags) =>
      sending(socket, chosen(data, 'sendto'), () => calls.sendTo(socket, data, to, flags)),
    sendMessage: (socket, message) =>
      sending(socket, chosen(Buffer.concat(message.parts), 'sendmsg'), () =>
        calls.sendMessage(socket, message),
      ),
    sendMessages: (socket, messages) =>
      sending(socket, chosen(Buffer.concat(messages[0]?.parts ?? []), 'sendmmsg'), () =>
        calls.sendMessages(socket, messages),
      ),
  };
}

const onEveryPath = (chosen: (data: Buffer) => boolean): Defect['seed'] => ({
  calls: ({ calls }) => unfilled(calls, chosen),
});

/** What a host can do wrong with the checksum of what it sends. */
export const checksumDefects: readonly Defect[] = [
  {
    id: 'checksum-zeroed',
    says: 'Every ICMPv6 message leaves with a checksum of zero.',
    shipped: 'Windows Server 2003 (KB947369), and again after MS08-037 (KB974927)',
    kills: [
      '3.1.*-ffff',
      '3.1.*-field',
      '3.1.*-length',
      '3.1.*-right',
      '3.1.*-sum',
      '3.1.corked-at-an-odd-offset',
      '3.1.covers-*',
      '3.1.leaves-*',
      '3.1.raw-level-escape',
      '3.1.refused-option-changes-nothing',
      '3.1.sends-zero-as-zero',
      '3.2.loopback-is-filtered-too',
      '3.a-socket-hears-itself',
      '3.sends-the-largest-message',
      'kb947369.a-zero-checksum-is-filled-in',
      'kb974927.the-steps-of-the-article',
      'linux-87445f369cca.a-large-request-carries-its-checksum',
      'maghemite-802.the-group-on-the-wire-is-summed',
      'rfc4443-4.2.returns-what-was-asked',
    ],
    seed: output('meta l4proto ipv6-icmp icmpv6 checksum set 0'),
  },
  {
    id: 'checksum-constant',
    says: 'Every ICMPv6 message of type 200 leaves with the same checksum.',
    kills: [
      '3.1.*-ffff',
      '3.1.*-field',
      '3.1.*-length',
      '3.1.*-right',
      '3.1.*-sum',
      '3.1.corked-at-an-odd-offset',
      '3.1.covers-*',
      '3.1.leaves-*',
      '3.1.raw-level-escape',
      '3.1.refused-option-changes-nothing',
      '3.1.sends-zero-as-zero',
      '3.2.loopback-is-filtered-too',
      '3.a-socket-hears-itself',
      '3.sends-the-largest-message',
      'kb947369.a-zero-checksum-is-filled-in',
      'linux-d3a1be9cba86.zero-stays-zero',
      'maghemite-802.the-group-on-the-wire-is-summed',
    ],
    seed: output('icmpv6 type 200 icmpv6 checksum set 0x3542'),
  },
  {
    id: 'checksum-left-as-written',
    says: 'The kernel sends the checksum that the program wrote.',
    kills: [
      '3.1.corked-at-an-odd-offset',
      '3.1.corked-fills-a-zero-field',
      '3.1.corked-pads-an-odd-length',
      '3.1.corked-replaces-*',
      '3.1.covers-*',
      '3.1.leaves-*',
      '3.1.refused-option-changes-nothing',
      '3.1.send-fills-a-zero-field',
      '3.1.send-pads-an-odd-length',
      '3.1.send-replaces-*',
      '3.1.sendmmsg-fills-a-zero-field',
      '3.1.sendmmsg-pads-an-odd-length',
      '3.1.sendmmsg-replaces-*',
      '3.1.sendmsg-*-ffff',
      '3.1.sendmsg-*-field',
      '3.1.sendmsg-*-length',
      '3.1.sendmsg-*-sum',
      '3.1.sends-zero-as-zero',
      '3.1.sendto-fills-a-zero-field',
      '3.1.sendto-pads-an-odd-length',
      '3.1.sendto-replaces-*',
      '3.1.short-messages',
      '3.1.write-fills-a-zero-field',
      '3.1.write-pads-an-odd-length',
      '3.1.write-replaces-*',
      '3.2.loopback-is-filtered-too',
      '3.sends-the-largest-message',
      'kb947369.a-zero-checksum-is-filled-in',
      'kb974927.the-steps-of-the-article',
      'maghemite-802.the-group-on-the-wire-is-summed',
    ],
    seed: onEveryPath(() => true),
  },
  {
    id: 'checksum-left-on-sendto',
    says: 'The kernel fills in the checksum of what is sent with any call but sendto.',
    kills: [
      '3.1.*-address',
      '3.1.corked-at-an-odd-offset',
      '3.1.corked-fills-a-zero-field',
      '3.1.corked-pads-an-odd-length',
      '3.1.corked-replaces-*',
      '3.1.covers-a-*',
      '3.1.covers-link-local-addresses',
      '3.1.covers-the-final-destination',
      '3.1.covers-the-source-of-bind',
      '3.1.covers-the-source-the-kernel-chose',
      '3.1.leaves-out-hop-by-hop-options',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '3.1.refused-option-changes-nothing',
      '3.1.sends-zero-as-zero',
      '3.1.sendto-fills-a-zero-field',
      '3.1.sendto-pads-an-odd-length',
      '3.1.sendto-replaces-*',
      '3.1.short-messages',
      '3.2.loopback-is-filtered-too',
      '3.sends-the-largest-message',
      'kb947369.a-zero-checksum-is-filled-in',
      'kb974927.the-steps-of-the-article',
      'maghemite-802.the-group-on-the-wire-is-summed',
    ],
    seed: { calls: ({ calls }) => unfilled(calls, (_, path) => path === 'sendto') },
  },
  {
    id: 'checksum-left-on-sendmsg',
    says: 'The kernel fills in the checksum of what is sent with any call but sendmsg.',
    kills: [
      '3.1.covers-the-source-of-packet-info',
      '3.1.leaves-out-destination-options',
      '3.1.sendmsg-*-ffff',
      '3.1.sendmsg-*-field',
      '3.1.sendmsg-*-length',
      '3.1.sendmsg-*-sum',
    ],
    seed: { calls: ({ calls }) => unfilled(calls, (_, path) => path === 'sendmsg') },
  },
  {
    id: 'checksum-left-on-other-paths',
    says: 'The kernel fills in the checksum of what is sent with sendto and sendmsg, and of nothing else.',
    kills: [
      '3.1.send-fills-a-zero-field',
      '3.1.send-pads-an-odd-length',
      '3.1.send-replaces-*',
      '3.1.sendmmsg-fills-a-zero-field',
      '3.1.sendmmsg-pads-an-odd-length',
      '3.1.sendmmsg-replaces-*',
      '3.1.write-fills-a-zero-field',
      '3.1.write-pads-an-odd-length',
      '3.1.write-replaces-*',
    ],
    seed: {
      calls: ({ calls }) => unfilled(calls, (_, path) => ['write', 'send', 'sendmmsg'].includes(path)),
    },
  },
  {
    id: 'checksum-left-at-odd-lengths',
    says: 'The kernel fills in the checksum of messages of even length alone.',
    kills: [
      '3.1.corked-at-an-odd-offset',
      '3.1.corked-pads-an-odd-length',
      '3.1.covers-a-fragmented-message-of-20001-bytes',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '3.1.send-pads-an-odd-length',
      '3.1.sendmmsg-pads-an-odd-length',
      '3.1.sendmsg-*-length',
      '3.1.sendto-pads-an-odd-length',
      '3.1.short-messages',
      '3.1.write-pads-an-odd-length',
      '3.sends-the-largest-message',
    ],
    seed: onEveryPath((data) => data.length % 2 === 1),
  },
  {
    id: 'checksum-left-above-the-mtu',
    says: 'The kernel fills in no checksum of a message that it must fragment.',
    kills: ['3.1.*-bytes', '3.1.leaves-out-options-of-a-fragmented-message', '3.sends-the-largest-message'],
    seed: onEveryPath((data) => data.length > 1460),
  },
  {
    id: 'checksum-kept-if-not-zero',
    says: 'The kernel trusts a checksum that the program wrote unless it is zero.',
    kills: [
      '3.1.corked-at-an-odd-offset',
      '3.1.corked-fills-a-zero-field',
      '3.1.corked-pads-an-odd-length',
      '3.1.corked-replaces-*',
      '3.1.send-replaces-*',
      '3.1.sendmmsg-replaces-*',
      '3.1.sendmsg-*-ffff',
      '3.1.sendmsg-*-sum',
      '3.1.sendto-replaces-*',
      '3.1.write-replaces-*',
    ],
    seed: onEveryPath((data) => data.length >= 4 && data.readUInt16BE(2) !== 0),
  },
  {
    id: 'checksum-kept-if-all-ones',
    says: 'The kernel takes a checksum of 0xffff for one that the program computed.',
    kills: [
      '3.1.send-replaces-ffff',
      '3.1.sendmmsg-replaces-ffff',
      '3.1.sendmsg-*-ffff',
      '3.1.sendto-replaces-ffff',
      '3.1.write-replaces-ffff',
    ],
    seed: onEveryPath((data) => data.length >= 4 && data.readUInt16BE(2) === 0xffff),
  },
  {
    id: 'checksum-zero-sent-as-ones',
    says: 'A checksum that comes out as 0x0000 is sent as 0xffff.',
    shipped: 'Linux before 2.6.19',
    kills: [
      '3.1.sends-zero-as-zero',
      'linux-d3a1be9cba86.zero-stays-zero',
      'rfc4443-2.4.unknown-information-is-not-answered',
    ],
    seed: output('meta l4proto ipv6-icmp icmpv6 checksum 0 icmpv6 checksum set 0xffff'),
  },
  {
    id: 'checksum-wrong-for-one-type',
    says: 'The checksum of echo requests is zero.',
    kills: ['kb974927.the-steps-of-the-article', 'linux-87445f369cca.a-large-request-carries-its-checksum'],
    seed: output('icmpv6 type echo-request icmpv6 checksum set 0'),
  },
  {
    id: 'checksum-wrong-to-loopback',
    says: 'The checksum of what a host sends to itself is left out, as one that nobody looks at.',
    kills: [
      '3.1.*-address',
      '3.2.loopback-is-filtered-too',
      '3.a-socket-hears-itself',
      'linux-87445f369cca.a-large-request-carries-its-checksum',
    ],
    seed: output('oifname lo meta l4proto ipv6-icmp icmpv6 checksum set 0'),
  },
  {
    id: 'checksum-wrong-to-groups',
    says: 'The checksum of what goes to a group is zero.',
    kills: ['3.1.covers-a-multicast-destination', 'maghemite-802.the-group-on-the-wire-is-summed'],
    seed: output('ip6 daddr ff02::/16 meta l4proto ipv6-icmp icmpv6 checksum set 0'),
  },
  {
    id: 'checksum-wrong-to-link-local',
    says: 'The checksum of what goes to a link-local address is zero.',
    kills: ['3.1.covers-link-local-addresses'],
    seed: output('ip6 daddr fe80::/10 meta l4proto ipv6-icmp icmpv6 checksum set 0'),
  },
  {
    id: 'checksum-wrong-from-a-chosen-source',
    says: 'The checksum of what leaves from an address that the program chose is zero.',
    kills: ['3.1.covers-the-source-of-*', '3.2.no-code-blocks-a-passing-type'],
    seed: output('ip6 saddr fd00:3542::11 meta l4proto ipv6-icmp icmpv6 checksum set 0'),
  },
  {
    id: 'checksum-wrong-behind-extension-headers',
    says: 'The checksum of a message behind extension headers is that of another message.',
    kills: ['3.1.covers-the-final-destination', '3.1.leaves-*'],
    seed: {
      nft: `${output('exthdr hbh exists icmpv6 checksum set 0x3542').nft}
add rule ip6 defect out exthdr dst exists icmpv6 checksum set 0x3542
add rule ip6 defect out exthdr rt exists icmpv6 checksum set 0x3542`,
    },
  },
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
