import { encodeControl } from '../../socket/control';
import { fail, objectsOf, setting } from '../objects';
import type { Defect } from '../defect';

/** What a host can do wrong with the next hop, and with the interface of a destination. */
export const routeDefects: readonly Defect[] = [
  {
    id: 'multicast-interface-ignored',
    says: 'IPV6_MULTICAST_IF has no effect.',
    kills: ['6.7.multicast-interface-selects', 'rfc3493-5.2.an-unknown-interface-is-refused'],
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
];
