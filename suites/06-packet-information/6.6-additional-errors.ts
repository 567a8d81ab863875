import {
  ancillary,
  expect,
  message,
  outcomeOf,
  section,
  type Laboratory,
  type PacketInfo,
  type Rule,
} from '../../harness';

const TYPE = 200;
const PROBE = message({ type: TYPE });
const NO_INTERFACE = 9999;

/** Row, the error that the document suggests, and information that cannot be used. */
const CASES: readonly (readonly [string, string, string, (lab: Laboratory) => Partial<PacketInfo>])[] = [
  [
    '6.6-03',
    'no-such-interface',
    'an interface index that does not exist',
    () => ({ interface: NO_INTERFACE }),
  ],
  [
    '6.6-04',
    'interface-down',
    'an interface that is down',
    ({ host }) => ({ interface: host.unusableInterface('down').index }),
  ],
  [
    '6.6-04',
    'interface-without-ipv6',
    'an interface on which IPv6 is disabled',
    ({ host }) => ({ interface: host.unusableInterface('without-ipv6').index }),
  ],
  [
    '6.6-05',
    'address-not-on-the-interface',
    'an address that the node does not have, with an interface',
    ({ host }) => ({ address: '2001:db8:66::dead', interface: host.interface.index }),
  ],
  [
    '6.6-06',
    'no-route-over-the-interface',
    'an interface over which there is no route',
    ({ host }) => ({ interface: host.loopbackInterface.index }),
  ],
];

const cases = CASES.flatMap(([row, slug, what, infoOf]): Rule[] => [
  {
    id: `${slug}-is-an-error`,
    says: `Sending to the peer with ${what} fails, and nothing leaves.`,
    covers: [row],
    needs: ['raw-icmpv6', 'second-link'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const items = [ancillary.packetInfo(infoOf(lab))];
      const packets = await lab.wire.capture(() => {
        expect(() => socket.sendMessage(PROBE, lab.peer.address, { ancillary: items })).toFail();
      });
      expect(packets).toHaveLength(0);
    },
  },
  {
    id: `${slug}-errno`,
    says: `Which errors sendmsg and setsockopt return for ${what}.`,
    covers: [row, '6.6-02'],
    needs: ['raw-icmpv6', 'second-link'],
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      const item = ancillary.packetInfo(infoOf(lab));
      const sent = outcomeOf(() => socket.sendMessage(PROBE, lab.peer.address, { ancillary: [item] }));
      const set = outcomeOf(() => {
        socket.setSticky(item);
      });
      return `sendmsg: ${sent}, setsockopt: ${set}`;
    },
  },
]);

export default section('6.6', 'Additional Errors with sendmsg() and setsockopt()', [
  {
    id: 'recvmsg-has-no-new-errors',
    says: 'IPV6_RECVPKTINFO lets recvmsg return every message that it returns without.',
    covers: ['6.6-01'],
    needs: ['raw-icmpv6', 'link'],
    check({ host, peer }) {
      const informed = host.rawIcmpv6();
      const plain = host.rawIcmpv6();
      informed.enable('receive-packet-info');
      for (const to of [host.address, host.secondAddress, host.linkLocal, 'ff02::1']) {
        peer.send({ type: TYPE }, to);
      }
      const types = (socket: typeof plain) => socket.settled().map(({ type }) => type);
      expect(types(plain)).toEqual([TYPE, TYPE, TYPE, TYPE]);
      expect(types(informed)).toEqual(types(plain));
    },
  },
  ...cases,
]);
