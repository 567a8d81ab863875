import {
  ancillary,
  expect,
  int,
  message,
  outcomeOf,
  section,
  type Laboratory,
  type Packet,
  type Rule,
} from '../../harness';

const TYPE = 200;
const PROBE = message({ type: TYPE });

const KINDS = [
  ['unicast', (lab: Laboratory) => lab.peer.address],
  ['multicast', () => 'ff02::1'],
] as const;

const UNACCEPTABLE = [
  ['below-minus-1', '6.5-05', [-2, -3, -256, -0x80000000]],
  ['above-255', '6.5-06', [256, 257, 511, 65536, 0x7fffffff]],
] as const;

/** The packet with this ancillary class, from a socket with this sticky one. */
async function sent(
  lab: Laboratory,
  to: string,
  given: number | undefined,
  sticky?: number,
): Promise<Packet> {
  const socket = lab.host.rawIcmpv6();
  if (sticky !== undefined) socket.setInt('traffic-class', sticky);
  const items = given === undefined ? [] : [ancillary.trafficClass(given)];
  return lab.wire.captureOne(() => socket.sendMessage(PROBE, to, { ancillary: items }));
}

const perKind = KINDS.flatMap(([kind, destinationOf]): Rule[] => [
  {
    id: `${kind}-default-is-0`,
    says: `A ${kind} packet has traffic class 0 when nobody asked for another.`,
    covers: ['6.5-01'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      expect(await sent(lab, destinationOf(lab), undefined)).toBePacket({ trafficClass: 0 });
    },
  },
  {
    id: `${kind}-class-overrides-for-one-packet`,
    says: `An ancillary traffic class overrides the default and the sticky one for one ${kind} packet.`,
    covers: ['6.5-02', '4.2-04', '6-01'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const to = destinationOf(lab);
      expect(await sent(lab, to, 0x20)).toBePacket({ trafficClass: 0x20 });
      expect(await sent(lab, to, 0x20, 0xb8)).toBePacket({ trafficClass: 0x20 });
      expect(await sent(lab, to, 0, 0xb8)).toBePacket({ trafficClass: 0 });
    },
  },
  ...(['ancillary', 'sticky'] as const).map((way): Rule => ({
    id: `${kind}-${way}-class-is-used-as-given`,
    says: `A traffic class of 0 to 255, given as ${way === 'sticky' ? 'a sticky option' : 'ancillary data'}, is that of the ${kind} packet.`,
    covers: ['6.5-07'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      for (const value of [0, 1, 2, 3, 0x20, 0x7f, 0x80, 0xb8, 0xfc, 0xfe, 0xff]) {
        const to = destinationOf(lab);
        const packet =
          way === 'ancillary' ? await sent(lab, to, value) : await sent(lab, to, undefined, value);
        expect(packet).toBePacket({ trafficClass: value });
      }
    },
  })),
]);

export default section('6.5', 'Specifying/Receiving the Traffic Class value', [
  ...perKind,
  ...UNACCEPTABLE.flatMap(([range, row, values]): Rule[] => [
    {
      id: `ancillary-class-${range}-is-refused`,
      says: `An ancillary traffic class ${range.replace('below-minus-1', 'below -1').replace('-', ' ')} fails with EINVAL.`,
      covers: [row],
      needs: ['raw-icmpv6'],
      check({ host, peer }) {
        const socket = host.rawIcmpv6();
        for (const value of values) {
          const items = [ancillary.trafficClass(value)];
          expect(() => socket.sendMessage(PROBE, peer.address, { ancillary: items })).toFail('EINVAL');
        }
      },
    },
    {
      id: `sticky-class-${range}-is-refused`,
      says: `A sticky traffic class ${range.replace('below-minus-1', 'below -1').replace('-', ' ')} fails with EINVAL and changes nothing.`,
      covers: [row],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.rawIcmpv6();
        socket.setInt('traffic-class', 0x48);
        for (const value of values) {
          expect(() => {
            socket.setInt('traffic-class', value);
          }).toFail('EINVAL');
          expect(socket.getInt('traffic-class')).toBe(0x48);
        }
      },
    },
  ]),
  {
    id: 'minus-1-clears-the-sticky-class',
    says: 'A sticky traffic class is cleared by -1: the option reads as the default, and packets have it.',
    covers: ['6.5-08', '6.5-09'],
    needs: ['raw-icmpv6', 'wire'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const initial = socket.getInt('traffic-class');
      socket.setInt('traffic-class', 0xb8);
      socket.setInt('traffic-class', -1);
      const packet = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
      expect(packet).toBePacket({ trafficClass: 0 });
      expect(socket.getInt('traffic-class')).toBe(initial);
    },
  },
  {
    id: 'ancillary-minus-1-is-the-default',
    says: "An ancillary traffic class of -1 gives the packet the kernel's default.",
    covers: ['6.5-10'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      expect(await sent(lab, lab.peer.address, -1)).toBePacket({ trafficClass: 0 });
    },
  },
  {
    id: 'ancillary-minus-1-over-a-sticky-class',
    says: 'An ancillary traffic class of -1 gives the packet a default: that of the kernel, or that of the socket.',
    covers: ['6.5-10'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const packet = await sent(lab, lab.peer.address, -1, 0xb8);
      if (packet.ipv6.trafficClass !== 0xb8) expect(packet).toBePacket({ trafficClass: 0 });
    },
  },
  {
    id: 'bits-of-the-kernels-own',
    says: 'Which traffic class a TCP segment has whose program asked for 255, with the two bits that ECN takes for itself.',
    covers: ['6.5-11'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.socket({ family: 'inet6', type: 'stream', protocol: 6 });
      socket.setInt('traffic-class', 255);
      const segment = await wire.captureOne(() =>
        outcomeOf(() => {
          socket.connect({ address: peer.address, port: 3542 });
        }),
      );
      return `traffic class ${String(segment.ipv6.trafficClass)}`;
    },
  },
  {
    id: 'received-only-when-asked-for',
    says: 'The received traffic class is returned while IPV6_RECVTCLASS is on, and neither before nor after.',
    covers: ['6.5-03'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const received = (): number | undefined => {
        socket.drain();
        peer.send({ type: TYPE }, host.address, { trafficClass: 0xb8 });
        return socket.next({ type: TYPE }).ancillary.trafficClass;
      };
      const before = received();
      socket.enable('receive-traffic-class');
      const during = received();
      socket.disable('receive-traffic-class');
      expect([before, during, received()]).toEqual([undefined, 0xb8, undefined]);
    },
  },
  {
    id: 'received-class-is-an-int',
    says: "The received traffic class is an int at the first byte of the object's data, for every differentiated services code point.",
    covers: ['6.5-04', '6-02', '4-11'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-traffic-class');
      const classes = Array.from({ length: 64 }, (_, codePoint) => codePoint << 2);
      for (const trafficClass of classes) peer.send({ type: TYPE }, host.address, { trafficClass });
      const hex = (data: readonly Buffer[]): string => Buffer.concat(data).toString('hex');
      const data = socket.settled().map((received) => hex(received.ancillary.all('traffic-class')));
      expect(data).toEqual(classes.map((trafficClass) => hex([int(trafficClass)])));
    },
  },
  {
    id: 'received-class-may-be-masked',
    says: 'The kernel may mask bits of the received traffic class, and sets none that the packet did not have.',
    covers: ['6.5-12'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-traffic-class');
      const classes = [0xb9, 0xba, 0xbb, 0x01, 0x02, 0x03, 0xff];
      for (const trafficClass of classes) peer.send({ type: TYPE }, host.address, { trafficClass });
      const added = socket
        .settled()
        .map(({ ancillary: { trafficClass } }, index) => (trafficClass ?? 0xff) & ~(classes[index] ?? 0));
      expect(added).toEqual(classes.map(() => 0));
    },
  },
]);
