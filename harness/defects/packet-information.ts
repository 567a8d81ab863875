import { parseAddress } from '../packet/address';
import { encodeControl, int } from '../socket/control';
import type { Defect } from './defect';
import { fail, integerOf, objectsOf, receiving, sending, setting, withData } from './objects';

const isGroup = (data: Buffer): boolean => data[0] === 0xff;
const indexOf = (data: Buffer): number => integerOf(data.subarray(16));
const isUnspecified = (data: Buffer): boolean => data.subarray(0, 16).every((byte) => byte === 0);
const withIndex = (data: Buffer, index: number): Buffer => Buffer.concat([data.subarray(0, 16), int(index)]);

const refuse = (what: (data: Buffer) => boolean, errno = 'EINVAL'): ReturnType<typeof sending> =>
  sending((objects) => {
    if (objects.some(({ option, data }) => option === 'packet-info' && data.length === 20 && what(data)))
      fail('sendmsg', errno);
    return objects;
  });

/** What a host can do wrong with packet information. */
export const packetInformationDefects: readonly Defect[] = [
  {
    id: 'sent-interface-ignored',
    says: 'The interface in ancillary IPV6_PKTINFO has no effect.',
    kills: [
      '6.1.index-selects-*',
      '6.2.zone-comes-from-the-interface',
      '6.6.no-*',
      '6.6.interface-*',
      '6.7.ancillary-packet-*',
      '6.7.destination-of-another-zone-is-refused',
    ],
    seed: sending(withData('packet-info', (data) => (data.length < 20 ? data : withIndex(data, 0)))),
  },
  {
    id: 'source-with-interface-refused',
    says: 'IPV6_PKTINFO with both an address and an interface is refused.',
    kills: [
      '6.four-pieces-can-be-given',
      '6.received-*-address',
      '6.1.index-binds-with-a-source',
      '6.2.zone-comes-from-the-interface',
    ],
    seed: refuse((data) => indexOf(data) !== 0 && !isUnspecified(data)),
  },
  {
    id: 'open-packet-info-refused',
    says: 'IPV6_PKTINFO that leaves both address and interface open is refused.',
    kills: [
      '4.2.clearing-values-as-ancillary-data',
      '6.1.index-0-leaves-the-choice',
      '6.2.unspecified-*',
      '20.1.accepts-10240-bytes',
    ],
    seed: refuse((data) => indexOf(data) === 0 && isUnspecified(data)),
  },
  {
    id: 'link-local-source-needs-an-interface',
    says: 'A link-local source is refused where IPV6_PKTINFO names no interface, though the destination has a zone.',
    kills: ['6.2.zone-comes-from-the-destination', '6.2.link-local-source-without-a-zone'],
    seed: refuse((data) => data[0] === 0xfe && indexOf(data) === 0, 'EADDRNOTAVAIL'),
  },
  {
    id: 'any-source-address',
    says: 'A program can send from any address.',
    kills: [
      '3.bind-to-a-foreign-address',
      '6.received-info-answers-for-a-group',
      '6.2.*-refused',
      '6.2.bind-errors',
      '6.6.address-*',
      '6.7.source-of-another-zone-is-refused',
      '16.no-spoofed-source-without-privilege',
    ],
    seed: { settings: { 'ipv6/ip_nonlocal_bind': '1' } },
  },
  {
    id: 'received-index-zero',
    says: 'The interface index of received IPV6_PKTINFO is zero.',
    kills: [
      '4.receive-packet-info-returns-its-object',
      '6.four-pieces-are-returned',
      '6.in6_pktinfo-is-address-then-index',
      '6.1.arriving-index-is-always-there',
      '6.2.received-loopback-destination',
      '20.2.receives-in-too-small-a-buffer',
    ],
    seed: receiving(withData('packet-info', (data) => withIndex(data, 0))),
  },
  {
    id: 'received-address-is-the-interfaces',
    says: "Received IPV6_PKTINFO holds the interface's first address in place of the packet's destination.",
    kills: [
      '6.four-pieces-are-returned',
      '6.received-*',
      '6.2.received-deprecated-destination',
      '6.2.received-link-local-destination',
      '6.2.received-multicast-destination',
      '6.2.received-loopback-destination',
      '20.2.receives-in-too-small-a-buffer',
    ],
    seed: receiving(
      withData('packet-info', (data) => Buffer.concat([parseAddress('fd00:3542::1'), data.subarray(16)])),
    ),
  },
  {
    id: 'groups-fail-with-packet-info',
    says: 'With IPV6_RECVPKTINFO on, messages to groups are lost.',
    kills: [
      '6.received-info-answers-for-a-group',
      '6.1.arriving-index-is-always-there',
      '6.2.received-multicast-destination',
      '6.6.recvmsg-has-no-new-errors',
    ],
    seed: {
      calls: (system) => ({
        receiveMessage: (socket, room, flags) => {
          for (;;) {
            const incoming = system.calls.receiveMessage(socket, room, flags);
            const toGroup = objectsOf(system, incoming?.control ?? Buffer.alloc(0)).some(
              ({ option, data }) => option === 'packet-info' && isGroup(data),
            );
            if (!toGroup) return incoming;
          }
        },
      }),
    },
  },
  {
    id: 'sticky-packet-info-stays',
    says: 'A sticky IPV6_PKTINFO overrides ancillary data, and is never cleared.',
    kills: [
      '4.2.clearing-values-as-ancillary-data',
      '6.cleared-by-the-unspecified-address',
      '6.2.sticky-source-is-the-default',
      '6.2.ancillary-source-overrides-sticky',
      '6.7.sticky-packet-*',
      '6.7.ancillary-packet-info-over-sticky-packet-info',
    ],
    seed: {
      calls: (system) => {
        const { calls } = system;
        const sticky = new Map<number, Buffer>();
        const send: typeof calls.sendMessage = (socket, message) => {
          const data = sticky.get(socket);
          if (data === undefined || message.to === undefined) return calls.sendMessage(socket, message);
          const others = objectsOf(system, message.control ?? Buffer.alloc(0)).filter(
            ({ option }) => option !== 'packet-info',
          );
          const place = system.options['packet-info'];
          if ('absent' in place) return calls.sendMessage(socket, message);
          const info = { level: place.level, type: place.name, data };
          return calls.sendMessage(socket, {
            ...message,
            control: encodeControl(system.control, [...others, info]),
          });
        };
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            sticky.delete(socket);
            return socket;
          },
          setOption: (socket, option, value, length) => {
            calls.setOption(socket, option, value, length);
            if (option === 'packet-info' && value?.some((byte) => byte !== 0) === true)
              sticky.set(socket, value);
          },
          sendMessage: send,
          sendTo: (socket, data, to, flags) =>
            sticky.has(socket)
              ? send(socket, { parts: [data], to, flags })
              : calls.sendTo(socket, data, to, flags),
        };
      },
    },
  },
  {
    id: 'packet-info-is-no-option',
    says: 'IPV6_PKTINFO cannot be set as a socket option.',
    kills: [
      '4.sticky-packet-info-reads-back',
      '4.2.clearing-values-as-ancillary-data',
      '6.cleared-by-the-unspecified-address',
      '6.2.sticky-source-is-the-default',
      '6.2.ancillary-source-overrides-sticky',
      '6.2.tcp-takes-no-sticky-source',
      '6.6.*-errno',
      '6.7.sticky-packet-*',
      '6.7.ancillary-packet-info-over-sticky-packet-info',
    ],
    seed: setting((option) => option === 'packet-info' && fail('setsockopt', 'ENOPROTOOPT')),
  },
  {
    id: 'packet-info-reads-as-nothing',
    says: 'IPV6_PKTINFO reads as the unspecified address and index 0, whatever was set.',
    kills: ['4.sticky-packet-info-reads-back', '4.unset-packet-info-is-unspecified'],
    seed: {
      calls: ({ calls }) => ({
        getOption: (socket, option, room) =>
          option === 'packet-info' ? Buffer.alloc(20) : calls.getOption(socket, option, room),
      }),
    },
  },
  {
    id: 'multicast-interface-ignored',
    says: 'IPV6_MULTICAST_IF has no effect.',
    kills: ['6.7.multicast-interface-selects'],
    seed: setting((option) => option === 'multicast-interface'),
  },
  {
    id: 'link-local-needs-a-zone',
    says: 'A link-local destination without a zone is refused.',
    kills: ['6.7.no-choice-is-the-implementations'],
    seed: {
      calls: ({ calls }) => ({
        sendTo: (socket, data, to, flags) =>
          to.address.startsWith('fe80') && (to.scope ?? 0) === 0
            ? fail('sendto', 'EINVAL')
            : calls.sendTo(socket, data, to, flags),
      }),
    },
  },
  {
    id: 'bound-address-forgotten',
    says: 'A bound socket sends from the address that the kernel would choose anyway.',
    kills: [
      '3.bind-selects-the-destination',
      '3.bind-to-a-foreign-address',
      '3.1.covers-the-source-of-bind',
      '6.2.unspecified-is-the-bound-address',
      '6.2.given-source-overrides-the-bound-once',
      '6.2.bind-*',
      '13.bind-to-a-mapped-address',
    ],
    seed: {
      calls: ({ calls }) => ({
        bind: (socket, address) => {
          calls.bind(socket, { ...address, address: '::' });
        },
      }),
    },
  },
  {
    id: 'every-send-error-is-enobufs',
    says: 'A send with ancillary data that fails does so with ENOBUFS, whatever the reason.',
    kills: [
      '4.objects-*',
      '4.the-same-object-twice',
      '4.2.empty-*',
      '6.the-next-hop-can-be-given',
      '6.received-info-answers-for-a-group',
      '6.2.link-local-source-without-a-zone',
      '6.3.*-1-is-refused',
      '6.3.*-255-is-refused',
      '6.4.ancillary-next-hop-takes-the-packet',
      '6.4.an-ipv4-next-hop',
      '6.4.it-must-be-a-neighbor',
      '6.4.the-destination-as-next-hop-avoids-routers',
      '6.4.ignored-for-multicast',
      '6.4.reachable-over-the-given-interface',
      '6.5.ancillary-class-*',
      '6.6.*-errno',
      '6.7.ancillary-next-hop-selects',
      '7.ancillary-header-goes-out',
      '7.source-routes',
      '8.sending-without-privilege',
      '8.2.malformed-ancillary-headers',
      '9.2.malformed-ancillary-headers',
      '20.2.sends-a-cut-object',
    ],
    seed: {
      calls: ({ calls }) => ({
        sendMessage: (socket, message) => {
          if ((message.control?.length ?? 0) === 0) return calls.sendMessage(socket, message);
          try {
            return calls.sendMessage(socket, message);
          } catch {
            return fail('sendmsg', 'ENOBUFS');
          }
        },
      }),
    },
  },
  {
    id: 'next-hop-has-no-effect',
    says: 'IPV6_NEXTHOP is accepted, sticky and ancillary, and has no effect.',
    kills: [
      '4.sticky-next-hop-reads-back',
      '4.unset-next-hop-has-no-length',
      '6.the-next-hop-can-be-given',
      '6.4.*',
      '6.7.*-hop-selects',
      '6.7.ancillary-next-hop-over-sticky-next-hop',
    ],
    seed: {
      calls: (system) => {
        const { calls } = system;
        const sticky = new Map<number, Buffer>();
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            sticky.delete(socket);
            return socket;
          },
          setOption: (socket, option, value, length) => {
            if (option === 'next-hop') sticky.set(socket, value ?? Buffer.alloc(0));
            else calls.setOption(socket, option, value, length);
          },
          getOption: (socket, option, room) =>
            option === 'next-hop'
              ? (sticky.get(socket) ?? Buffer.alloc(0))
              : calls.getOption(socket, option, room),
          sendMessage: (socket, message) => {
            const objects = objectsOf(system, message.control ?? Buffer.alloc(0));
            const control = encodeControl(
              system.control,
              objects.filter(({ option }) => option !== 'next-hop'),
            );
            return calls.sendMessage(socket, objects.length === 0 ? message : { ...message, control });
          },
        };
      },
    },
  },
  {
    id: 'sent-hop-limit-is-a-signed-char',
    says: 'An ancillary hop limit above 127 is taken for a negative one, and so for the default.',
    kills: ['6.3.*-given'],
    seed: sending(
      withData('hop-limit', (data) => (integerOf(data) > 127 && integerOf(data) < 256 ? int(-1) : data)),
    ),
  },
  {
    id: 'sent-hop-limit-0-is-the-default',
    says: 'An ancillary hop limit of 0 stands for the default.',
    kills: [
      '4.objects-of-wrong-lengths',
      '6.3.unicast-hop-limit-is-used-as-given',
      '6.3.multicast-hop-limit-0',
      '20.2.sends-a-cut-object',
    ],
    seed: sending(withData('hop-limit', (data) => (integerOf(data) === 0 ? int(64) : data))),
  },
  {
    id: 'sent-hop-limit-minus-1-is-255',
    says: 'An ancillary hop limit of -1 puts 255 in the header.',
    kills: ['6.3.*-default', '6.3.*-an-option'],
    seed: sending(withData('hop-limit', (data) => (integerOf(data) === -1 ? int(255) : data))),
  },
  {
    id: 'sent-values-wrap',
    says: 'An ancillary hop limit or traffic class that is out of range is cut to a byte.',
    kills: ['6.3.*-1-is-refused', '6.3.*-255-is-refused', '6.5.ancillary-class-*'],
    seed: sending((objects) =>
      objects.map((object) => {
        const value = integerOf(object.data);
        const counts = object.option === 'hop-limit' || object.option === 'traffic-class';
        return counts && (value < -1 || value > 255) ? { ...object, data: int(value & 0xff) } : object;
      }),
    ),
  },
  {
    id: 'sticky-class-wraps',
    says: 'A sticky traffic class that is out of range is accepted.',
    kills: ['6.5.sticky-*'],
    seed: setting((option, value) => {
      const given = integerOf(value);
      return option === 'traffic-class' && (given < -1 || given > 255);
    }),
  },
  {
    id: 'sticky-class-is-not-cleared',
    says: 'A sticky traffic class of -1 leaves the class as it was.',
    kills: ['4.sticky-traffic-class-affects-every-packet', '6.5.minus-1-clears-the-sticky-class'],
    seed: setting((option, value) => option === 'traffic-class' && integerOf(value) === -1),
  },
  {
    id: 'received-class-shifted',
    says: 'The received traffic class is the differentiated services code point, without the bits below it.',
    kills: [
      '4.receive-traffic-class-returns-its-object',
      '6.four-pieces-are-returned',
      '6.5.received-*',
      '20.2.receives-where-padding-has-room',
    ],
    seed: receiving(withData('traffic-class', (data) => int(integerOf(data) >> 2))),
  },
  {
    id: 'hop-limit-forced',
    says: 'Every message of type 200 leaves with hop limit 61.',
    kills: [
      '3.settable-header-fields',
      '4.ancillary-data-affects-one-datagram',
      '4.the-same-object-twice',
      '4.2.sticky-options-stay-with-ancillary-hop-limit',
      '6.four-pieces-can-be-given',
      '6.3.*-option',
      '6.3.*-packet',
      '6.3.*-given',
      '6.3.multicast-hop-limit-0',
      '20.1.accepts-10240-bytes',
      '20.2.*-padding',
    ],
    seed: {
      nft: `add table ip6 defect
add chain ip6 defect out { type filter hook output priority 0; }
add rule ip6 defect out icmpv6 type 200 ip6 hoplimit set 61`,
    },
  },
  {
    id: 'traffic-class-forced',
    says: 'Every message of type 200 leaves with the code point for network control.',
    kills: [
      '3.settable-header-fields',
      '4.sticky-traffic-class-affects-every-packet',
      '4.unset-traffic-class-is-the-default',
      '4.ancillary-data-affects-one-datagram',
      '4.the-same-object-twice',
      '4.2.ancillary-traffic-class-overrides-sticky',
      '4.2.sticky-options-stay-with-ancillary-hop-limit',
      '4.2.clearing-values-as-ancillary-data',
      '6.four-pieces-can-be-given',
      '6.5.*-0',
      '6.5.*-packet',
      '6.5.*-given',
      '6.5.*-class',
      '6.5.ancillary-minus-1-is-the-default',
      '20.2.*-padding',
    ],
    seed: {
      nft: `add table ip6 defect
add chain ip6 defect out { type filter hook output priority 0; }
add rule ip6 defect out icmpv6 type 200 ip6 dscp set cs6`,
    },
  },
];
