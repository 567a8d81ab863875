import {
  ancillary,
  encodeDestinationOptions,
  encodeHopByHop,
  expect,
  message,
  OPTION,
  section,
  type AncillaryItem,
  type Laboratory,
  type Packet,
  type Rule,
} from '../../harness';

const TYPE = 200;
const PROBE = message({ type: TYPE });

const padding = (bytes: number) => ({ options: [{ type: OPTION.padN, data: Buffer.alloc(bytes) }] });
const HOP_BY_HOP = ancillary.hopByHopOptions(encodeHopByHop(padding(4)));
const LONGER_HOP_BY_HOP = ancillary.hopByHopOptions(encodeHopByHop(padding(12)));
const DESTINATION = ancillary.destinationOptions(encodeDestinationOptions(padding(4)));
const LONGER_DESTINATION = ancillary.destinationOptions(encodeDestinationOptions(padding(12)));

/** The packet of a socket with these sticky options, sent with these objects; then the next one without. */
async function sendTwice(
  { host, peer, wire }: Laboratory,
  sticky: readonly AncillaryItem[],
  given: readonly AncillaryItem[],
): Promise<{ readonly first: Packet; readonly next: Packet }> {
  const socket = host.rawIcmpv6();
  for (const item of sticky) socket.setSticky(item);
  const first = await wire.captureOne(() => socket.sendMessage(PROBE, peer.address, { ancillary: given }));
  const next = await wire.captureOne(() => socket.sendTo(PROBE, peer.address));
  return { first, next };
}

/** Kinds and lengths of the extension headers. */
const headersOf = ({ extensions }: Packet): string =>
  extensions.map(({ kind, bytes }) => `${kind} of ${String(bytes.length)} bytes`).join(', ') || 'none';

const OVERRIDES = [
  ['traffic-class', ancillary.trafficClass(0xb8), ancillary.trafficClass(0x20)],
  ['hop-by-hop-options', HOP_BY_HOP, LONGER_HOP_BY_HOP],
  ['destination-options', DESTINATION, LONGER_DESTINATION],
] as const;

const shownBy = (packet: Packet): string => `class ${String(packet.ipv6.trafficClass)}, ${headersOf(packet)}`;

export default section('4.2', 'UDP and Raw Socket Implications', [
  {
    id: 'every-message-has-the-object',
    says: 'Once a receive option is on, the object comes with every message, with the value of its own packet.',
    covers: ['4.2-01'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-hop-limit');
      const sent = [1, 77, 255, 64, 2];
      for (const hopLimit of sent) peer.send({ type: TYPE }, host.address, { hopLimit });
      expect(socket.settled().map((received) => received.ancillary.hopLimit)).toEqual(sent);
    },
  },
  {
    id: 'no-header-no-object',
    says: 'Asked for all extension headers, the receiver of a packet without any gets none, not even of an earlier packet.',
    covers: ['4.2-02'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable('receive-routing-header', 'receive-hop-by-hop-options', 'receive-destination-options');
      const extensions = [
        { kind: 'hop-by-hop', ...padding(4) },
        { kind: 'destination', ...padding(4) },
      ] as const;
      peer.send({ type: TYPE }, host.address, { extensions });
      peer.send({ type: TYPE + 1 }, host.address);
      expect(socket.next({ type: TYPE }).ancillary.kinds).toEqual([
        'hop-by-hop-options',
        'destination-options',
      ]);
      expect(socket.next({ type: TYPE + 1 }).ancillary.kinds).toEqual([]);
    },
  },
  {
    id: 'queued-messages-may-lack-the-object',
    says: 'A message that was queued before a receive option was turned on comes with its own value or without the object.',
    covers: ['4.2-03'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const clock = host.rawIcmpv6();
      peer.send({ type: TYPE }, host.address, { hopLimit: 77 });
      clock.next({ type: TYPE });
      socket.enable('receive-hop-limit');
      const { hopLimit } = socket.next({ type: TYPE }).ancillary;
      if (hopLimit !== undefined) expect(hopLimit).toBe(77);
    },
  },
  ...OVERRIDES.map(([name, sticky, given]): Rule => ({
    id: `ancillary-${name}-overrides-sticky`,
    says: `An ancillary ${name} object takes the place of the sticky option of that name, for one packet.`,
    covers: ['4.2-04', '4.2-08'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const alone = await sendTwice(lab, [], [given]);
      const always = await sendTwice(lab, [sticky], []);
      const { first, next } = await sendTwice(lab, [sticky], [given]);
      expect(shownBy(first)).toBe(shownBy(alone.first));
      expect(shownBy(next)).toBe(shownBy(always.next));
      expect(shownBy(first)).not.toBe(shownBy(next));
    },
  })),
  ...(
    [
      ['hop-by-hop-options', HOP_BY_HOP, 'destination-options', DESTINATION],
      ['destination-options', DESTINATION, 'hop-by-hop-options', HOP_BY_HOP],
    ] as const
  ).map(([stickyName, sticky, givenName, given]): Rule => ({
    id: `sticky-${stickyName}-stay-with-ancillary-${givenName}`,
    says: `Ancillary ${givenName} leave sticky ${stickyName} in force: the packet has both headers.`,
    covers: ['4.2-05'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const { first } = await sendTwice(lab, [sticky], [given]);
      expect(headersOf(first)).toBe('hop-by-hop of 8 bytes, destination of 8 bytes');
    },
  })),
  {
    id: 'sticky-options-stay-with-ancillary-hop-limit',
    says: 'An ancillary hop limit leaves the sticky hop-by-hop options and traffic class in force.',
    covers: ['4.2-05'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const { first } = await sendTwice(
        lab,
        [HOP_BY_HOP, ancillary.trafficClass(0xb8)],
        [ancillary.hopLimit(9)],
      );
      expect(first).toBePacket({ hopLimit: 9, trafficClass: 0xb8, extensions: ['hop-by-hop'] });
    },
  },
  ...(
    [
      ['hop-by-hop-options', HOP_BY_HOP, ancillary.hopByHopOptions],
      ['destination-options', DESTINATION, ancillary.destinationOptions],
    ] as const
  ).map(([name, sticky, item]): Rule => ({
    id: `empty-ancillary-${name}-suppress-sticky`,
    says: `An ancillary ${name} object without data disables the sticky option for one packet.`,
    covers: ['4.2-06', '4.2-08'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const { first, next } = await sendTwice(lab, [sticky], [item(Buffer.alloc(0))]);
      expect(headersOf(first)).toBe('none');
      expect(headersOf(next)).not.toBe('none');
    },
  })),
  {
    id: 'clearing-values-as-ancillary-data',
    says: 'What a packet gets with the values that clear IPV6_PKTINFO and IPV6_TCLASS as ancillary data over sticky ones.',
    covers: ['4.2-07'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const sticky = [
        ancillary.packetInfo({ address: lab.host.secondAddress, interface: lab.host.interface.index }),
        ancillary.trafficClass(0xb8),
      ];
      const { first } = await sendTwice(lab, sticky, [ancillary.packetInfo({}), ancillary.trafficClass(-1)]);
      return `source ${first.ipv6.source}, traffic class ${String(first.ipv6.trafficClass)}`;
    },
  },
]);
