import { parseAddress } from '../../packet/address';
import { int } from '../../socket/control';
import { integerOf, objectsOf, receiving, withData } from '../objects';
import type { Defect } from '../defect';

const isGroup = (data: Buffer): boolean => data[0] === 0xff;
const withIndex = (data: Buffer, index: number): Buffer => Buffer.concat([data.subarray(0, 16), int(index)]);

/** What a host can do wrong when it tells where a message arrived, and how. */
export const receivedInformationDefects: readonly Defect[] = [
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
];
