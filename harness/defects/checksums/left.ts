import { int } from '../../socket/control';
import type { Descriptor, SystemCalls } from '../../socket/system-calls';
import type { Defect } from '../defect';

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

/** A host that sends the checksum that the program wrote: always, or for some messages. */
export const leftChecksumDefects: readonly Defect[] = [
  {
    id: 'checksum-left-as-written',
    says: 'The kernel sends the checksum that the program wrote.',
    kills: [
      '3.sends-the-largest-message',
      '3.1.sendto-fills-a-zero-field',
      '3.1.sendto-replaces-*',
      '3.1.sendto-pads-an-odd-length',
      '3.1.sendmsg-*-field',
      '3.1.sendmsg-*-sum',
      '3.1.sendmsg-*-ffff',
      '3.1.sendmsg-*-length',
      '3.1.sendmmsg-fills-a-zero-field',
      '3.1.sendmmsg-replaces-*',
      '3.1.sendmmsg-pads-an-odd-length',
      '3.1.send-fills-a-zero-field',
      '3.1.send-replaces-*',
      '3.1.send-pads-an-odd-length',
      '3.1.write-fills-a-zero-field',
      '3.1.write-replaces-*',
      '3.1.write-pads-an-odd-length',
      '3.1.corked-fills-a-zero-field',
      '3.1.corked-replaces-*',
      '3.1.corked-pads-an-odd-length',
      '3.1.corked-at-an-odd-offset',
      '3.1.covers-*',
      '3.1.leaves-*',
      '3.1.sends-zero-as-zero',
      '3.1.refused-option-changes-nothing',
      '3.1.short-messages',
      '3.2.loopback-is-filtered-too',
      '6.four-pieces-can-be-given',
      '6.2.given-source-overrides-the-chosen',
      '7.*-one',
      '8.2.*-out',
      '9.2.*-out',
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
      '3.sends-the-largest-message',
      '3.1.sendto-fills-a-zero-field',
      '3.1.sendto-replaces-*',
      '3.1.sendto-pads-an-odd-length',
      '3.1.corked-fills-a-zero-field',
      '3.1.corked-replaces-*',
      '3.1.corked-pads-an-odd-length',
      '3.1.corked-at-an-odd-offset',
      '3.1.covers-the-source-the-kernel-chose',
      '3.1.covers-the-source-of-bind',
      '3.1.covers-link-local-addresses',
      '3.1.covers-a-*',
      '3.1.*-address',
      '3.1.leaves-out-hop-by-hop-options',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '3.1.covers-the-final-destination',
      '3.1.sends-zero-as-zero',
      '3.1.refused-option-changes-nothing',
      '3.1.short-messages',
      '3.2.loopback-is-filtered-too',
      '4.*-and-object',
      '7.destination-is-the-final-one',
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
      '3.1.sendmsg-*-field',
      '3.1.sendmsg-*-sum',
      '3.1.sendmsg-*-ffff',
      '3.1.sendmsg-*-length',
      '3.1.covers-the-source-of-packet-info',
      '3.1.leaves-out-destination-options',
      '4.*-and-object',
      '6.four-pieces-can-be-given',
      '6.2.given-source-overrides-the-chosen',
      '8.2.*-out',
      '9.2.*-out',
    ],
    seed: { calls: ({ calls }) => unfilled(calls, (_, path) => path === 'sendmsg') },
  },
  {
    id: 'checksum-left-on-other-paths',
    says: 'The kernel fills in the checksum of what is sent with sendto and sendmsg, and of nothing else.',
    kills: [
      '3.1.sendmmsg-fills-a-zero-field',
      '3.1.sendmmsg-replaces-*',
      '3.1.sendmmsg-pads-an-odd-length',
      '3.1.send-fills-a-zero-field',
      '3.1.send-replaces-*',
      '3.1.send-pads-an-odd-length',
      '3.1.write-fills-a-zero-field',
      '3.1.write-replaces-*',
      '3.1.write-pads-an-odd-length',
      '7.connected-address-is-the-final-one',
    ],
    seed: {
      calls: ({ calls }) => unfilled(calls, (_, path) => ['write', 'send', 'sendmmsg'].includes(path)),
    },
  },
  {
    id: 'checksum-left-at-odd-lengths',
    says: 'The kernel fills in the checksum of messages of even length alone.',
    kills: [
      '3.sends-the-largest-message',
      '3.1.sendto-pads-an-odd-length',
      '3.1.sendmsg-*-length',
      '3.1.sendmmsg-pads-an-odd-length',
      '3.1.send-pads-an-odd-length',
      '3.1.write-pads-an-odd-length',
      '3.1.corked-pads-an-odd-length',
      '3.1.corked-at-an-odd-offset',
      '3.1.covers-a-fragmented-message-of-20001-bytes',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '3.1.short-messages',
    ],
    seed: onEveryPath((data) => data.length % 2 === 1),
  },
  {
    id: 'checksum-left-above-the-mtu',
    says: 'The kernel fills in no checksum of a message that it must fragment.',
    kills: ['3.sends-the-largest-message', '3.1.*-bytes', '3.1.leaves-out-options-of-a-fragmented-message'],
    seed: onEveryPath((data) => data.length > 1460),
  },
  {
    id: 'checksum-kept-if-not-zero',
    says: 'The kernel trusts a checksum that the program wrote unless it is zero.',
    kills: [
      '3.1.sendto-replaces-*',
      '3.1.sendmsg-*-sum',
      '3.1.sendmsg-*-ffff',
      '3.1.sendmmsg-replaces-*',
      '3.1.send-replaces-*',
      '3.1.write-replaces-*',
      '3.1.corked-fills-a-zero-field',
      '3.1.corked-replaces-*',
      '3.1.corked-pads-an-odd-length',
      '3.1.corked-at-an-odd-offset',
    ],
    seed: onEveryPath((data) => data.length >= 4 && data.readUInt16BE(2) !== 0),
  },
  {
    id: 'checksum-kept-if-all-ones',
    says: 'The kernel takes a checksum of 0xffff for one that the program computed.',
    kills: [
      '3.1.sendto-replaces-ffff',
      '3.1.sendmsg-*-ffff',
      '3.1.sendmmsg-replaces-ffff',
      '3.1.send-replaces-ffff',
      '3.1.write-replaces-ffff',
    ],
    seed: onEveryPath((data) => data.length >= 4 && data.readUInt16BE(2) === 0xffff),
  },
];
