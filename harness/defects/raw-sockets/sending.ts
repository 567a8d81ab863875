import { fail } from '../objects';
import { sent } from '../packet-filter';
import type { Defect } from '../defect';

/** Runs `action`; what it throws is lost. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // The defect is that nobody hears of it.
  }
}

/** What a host can do wrong with what a raw socket sends. */
export const rawSendingDefects: readonly Defect[] = [
  {
    id: 'raw-words-are-swapped',
    says: 'The first word of a body is sent in the byte order of the host.',
    kills: ['3.sends-bytes-as-they-are'],
    seed: sent('icmpv6 type 200 icmpv6 code 1 @th,32,32 0x01020304 @th,32,32 set 0x04030201'),
  },
  {
    id: 'raw-code-is-cleared',
    says: 'The code of a message is always 0 on the wire.',
    kills: [
      '3.sends-bytes-as-they-are',
      '3.1.sends-zero-as-zero',
      '3.1.follows-next-header-58',
      'linux-d3a1be9cba86.zero-stays-zero',
    ],
    seed: sent('icmpv6 type 200 icmpv6 code set 0'),
  },
  {
    id: 'raw-ospf-is-not-sent',
    says: 'What a program sends with next header 89 does not leave.',
    kills: [
      '3.sends-an-empty-payload',
      '3.protocol-255-takes-no-header',
      '3.1.without-the-option-nothing-is-filled-in',
      '3.1.option-fills-*',
      '3.1.option-off-again-fills-nothing-in',
      'rfc4443-2.4.the-inner-protocol-selects-the-process',
      'linux-e87a468eb97d.pieces-that-cross-fragments',
    ],
    seed: sent('ip6 nexthdr 89 drop'),
  },
  {
    id: 'raw-header-is-recognized',
    says: 'Bytes that look like an IPv6 packet are sent as one.',
    kills: ['3.sends-a-header-as-payload', '3.header-included-mode'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => {
          const looks = data[0] === 0x60 && data.length >= 40;
          const set = (on: number): void => {
            attempt(() => {
              calls.setOption(socket, 'header-included', Buffer.of(on, 0, 0, 0), 4);
            });
          };
          if (looks) set(1);
          try {
            return calls.sendTo(socket, data, to, flags);
          } finally {
            if (looks) set(0);
          }
        },
        getOption: (socket, option, room) =>
          option === 'header-included' ? Buffer.of(1, 0, 0, 0) : calls.getOption(socket, option, room),
      }),
    },
  },
  {
    id: 'raw-traffic-class-is-lost-behind-options',
    says: 'A message with hop-by-hop options leaves with traffic class 0.',
    kills: ['3.settable-header-fields', '4.2.sticky-options-stay-with-ancillary-hop-limit'],
    seed: sent('exthdr hbh exists ip6 dscp set 0'),
  },
  {
    id: 'raw-no-flow-label',
    says: 'Messages without content leave with a flow label of zero.',
    kills: ['3.flow-label'],
    seed: sent('icmpv6 type 200 ip6 length 8 ip6 flowlabel set 0'),
  },
  {
    id: 'raw-never-fragments',
    says: 'What does not fit into one packet is refused.',
    kills: [
      '3.fragments-*',
      '3.sends-the-largest-message',
      '3.1.*-bytes',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '11.3.no-indication-for-what-fits',
      'rfc8200-4.1.sends-headers-in-their-order',
      'linux-87445f369cca.a-large-request-carries-its-checksum',
      'linux-e87a468eb97d.raw-udp-carries-its-checksum',
      '11.3.destination-behind-a-route',
    ],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => {
          if (data.length > 1460) fail('sendto', 'EMSGSIZE');
          return calls.sendTo(socket, data, to, flags);
        },
      }),
    },
  },
  {
    id: 'raw-fragments-too-early',
    says: 'A message that just fills the path MTU is sent in two fragments.',
    kills: [
      '3.fragments-nothing-that-fits',
      '11.2.fragments-by-default',
      '11.2.*-fits',
      '11.3.sender-*',
      '11.3.connected-sender-is-told',
      '11.4.mtu-of-the-interface',
    ],
    seed: {
      ip: ['route replace fd00:3542::/64 dev host proto kernel metric 256 mtu 1496'],
      undo: ['route replace fd00:3542::/64 dev host proto kernel metric 256'],
    },
  },
  {
    id: 'raw-sends-half-of-what-is-too-large',
    says: 'Of more than a packet can hold, as much as it can hold is sent.',
    kills: ['3.sends-nothing-larger'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => calls.sendTo(socket, data.subarray(0, 65_535), to, flags),
      }),
    },
  },
  {
    id: 'raw-refuses-empty-payloads',
    says: 'An empty payload is not sent.',
    kills: ['3.sends-an-empty-payload', '3.1.short-messages'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) => {
          if (data.length === 0) fail('sendto', 'EINVAL');
          return calls.sendTo(socket, data, to, flags);
        },
      }),
    },
  },
  {
    id: 'raw-ignores-the-port',
    says: 'A port in a destination address is not looked at.',
    kills: ['3.destination-port'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) =>
          calls.sendTo(socket, data, to.port === 22 ? { ...to, port: 0 } : to, flags),
      }),
    },
  },
];
