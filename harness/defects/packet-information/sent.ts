import { encodeControl, int } from '../../socket/control';
import { fail, integerOf, objectsOf, sending, setting, withData } from '../objects';
import type { Defect } from '../defect';

const indexOf = (data: Buffer): number => integerOf(data.subarray(16));
const isUnspecified = (data: Buffer): boolean => data.subarray(0, 16).every((byte) => byte === 0);
const withIndex = (data: Buffer, index: number): Buffer => Buffer.concat([data.subarray(0, 16), int(index)]);

const refuse = (what: (data: Buffer) => boolean, errno = 'EINVAL'): ReturnType<typeof sending> =>
  sending((objects) => {
    if (objects.some(({ option, data }) => option === 'packet-info' && data.length === 20 && what(data)))
      fail('sendmsg', errno);
    return objects;
  });

/** What a host can do wrong with the source and the interface that a program asks for. */
export const sentInformationDefects: readonly Defect[] = [
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
];
