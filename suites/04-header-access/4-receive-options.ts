import {
  encodeDestinationOptions,
  encodeHopByHop,
  encodePacketInfo,
  encodeRouting,
  expect,
  int,
  NEXT_HEADER,
  OPTION,
  type ExtensionFields,
  type Laboratory,
  type Rule,
} from '../../harness';

const PROBE = 200;
const RECEIVED = ['receive-packet-info', 'receive-hop-limit', 'receive-traffic-class'] as const;

const HOP_BY_HOP = {
  options: [{ type: OPTION.padN, data: Buffer.alloc(4) }],
  nextHeader: NEXT_HEADER.routing,
};
/** Of a type for experiments (RFC 4727), at the end of its way: a node passes over it (RFC 8200 §4.4). */
const ROUTING = {
  type: 253,
  segmentsLeft: 0,
  data: Buffer.from('51525354', 'hex'),
  nextHeader: NEXT_HEADER.destination,
};
/** With an option that asks to be skipped by who does not know it (RFC 8200 §4.2). */
const DESTINATION = {
  options: [{ type: 0x1e, data: Buffer.from('5a5b5c5d', 'hex') }],
  nextHeader: NEXT_HEADER.icmpv6,
};
const EXTENSIONS: readonly ExtensionFields[] = [
  { kind: 'hop-by-hop', ...HOP_BY_HOP },
  { kind: 'routing', ...ROUTING },
  { kind: 'destination', ...DESTINATION },
];

/** Sends the host a message that carries everything a receiver can ask for. */
function sendLaden({ host, peer }: Laboratory): void {
  peer.send({ type: PROBE }, host.address, { hopLimit: 77, trafficClass: 0xb8, extensions: EXTENSIONS });
}

/** Row, option that asks, object that answers, and the object's data (RFC 3542 §4). */
const OBJECTS = [
  ['4-03', 'receive-packet-info', 'packet-info', infoOf],
  ['4-04', 'receive-hop-limit', 'hop-limit', () => int(77)],
  ['4-05', 'receive-routing-header', 'routing-header', () => encodeRouting(ROUTING)],
  ['4-06', 'receive-hop-by-hop-options', 'hop-by-hop-options', () => encodeHopByHop(HOP_BY_HOP)],
  ['4-07', 'receive-destination-options', 'destination-options', () => encodeDestinationOptions(DESTINATION)],
  ['4-08', 'receive-traffic-class', 'traffic-class', () => int(0xb8)],
] as const;

function infoOf({ host }: Laboratory): Buffer {
  return encodePacketInfo({ address: host.address, interface: host.interface.index });
}

/** What a receiver is told, and when. */
export const receiveOptions: readonly Rule[] = [
  ...OBJECTS.map(([row, option, object, data]): Rule => ({
    id: `${option}-returns-its-object`,
    says: `With ${option} on, recvmsg returns the ${object} object, of level IPPROTO_IPV6, with its data as they were on the wire, and no other.`,
    covers: [row, '4-11'],
    needs: ['raw-icmpv6', 'peer'],
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.enable(option);
      sendLaden(lab);
      const { ancillary } = socket.next({ type: PROBE });
      expect(ancillary.kinds).toEqual([object]);
      expect(ancillary.all(object)).toEqual([data(lab)]);
    },
  })),
  ...OBJECTS.map(([row, option]): Rule => ({
    id: `${option}-is-off-at-first`,
    says: `${option} is off on a new socket.`,
    covers: ['4-02', row],
    needs: ['raw-icmpv6'],
    check({ host }) {
      expect(host.rawIcmpv6().getInt(option)).toBe(0);
    },
  })),
  {
    id: 'nothing-is-returned-unasked',
    says: 'A socket that asked for nothing gets no ancillary data, whatever the packet carries.',
    covers: ['4-02', '20.3-01'],
    needs: ['raw-icmpv6', 'peer'],
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      sendLaden(lab);
      expect(socket.next({ type: PROBE }).ancillary.bytes).toHaveLength(0);
    },
  },
  ...OBJECTS.map(([, option, object]): Rule => ({
    id: `${option}-is-a-boolean`,
    says: `Any non-zero integer turns ${option} on, and zero turns it off again.`,
    covers: ['4-09'],
    needs: ['raw-icmpv6', 'peer'],
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      for (const value of [1, 0, 7, 0, -1]) {
        socket.setInt(option, value);
        socket.drain();
        sendLaden(lab);
        expect(socket.next({ type: PROBE }).ancillary.kinds).toEqual(value === 0 ? [] : [object]);
      }
    },
  })),
  {
    id: 'no-object-is-a-next-hop',
    says: 'The next hop can only be set: a receiver who asks for everything gets six objects, and none of it.',
    covers: ['4-10'],
    needs: ['raw-icmpv6', 'peer'],
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.enable(...OBJECTS.map(([, option]) => option));
      sendLaden(lab);
      const { kinds } = socket.next({ type: PROBE }).ancillary;
      expect(kinds.toSorted()).toEqual(OBJECTS.map(([, , object]) => object).toSorted());
    },
  },
  {
    id: 'options-of-one-socket-are-its-own',
    says: 'What one socket asks for changes nothing for another.',
    covers: ['4-02'],
    needs: ['raw-icmpv6', 'peer'],
    check(lab) {
      const asking = lab.host.rawIcmpv6();
      const silent = lab.host.rawIcmpv6();
      asking.enable(...RECEIVED);
      sendLaden(lab);
      expect(asking.next({ type: PROBE }).ancillary.kinds).toHaveLength(3);
      expect(silent.next({ type: PROBE }).ancillary.kinds).toEqual([]);
    },
  },
];
