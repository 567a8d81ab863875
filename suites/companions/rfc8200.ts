import {
  ancillary,
  encodeDestinationOptions,
  encodeHopByHop,
  encodePacket,
  encodeRouting,
  expect,
  fragment,
  message,
  ROUTING_TYPE,
  section,
  type Laboratory,
  type Packet,
  type PacketFields,
  type Rule,
} from '../../harness';

const PROBE = 200;
const LAST = 201;
const needs: Rule['needs'] = ['raw-icmpv6', 'link', 'peer'];

type Extensions = NonNullable<PacketFields['extensions']>;

/** What became of a probe behind these headers: whether a raw socket got it, and what the host answered. */
async function fateOf(
  { host, peer, wire }: Laboratory,
  extensions: Extensions,
  destination: string,
): Promise<string> {
  const socket = host.rawIcmpv6();
  const answers = await wire.capture(() => {
    peer.send({ type: PROBE, body: Buffer.alloc(8) }, destination, { extensions });
    peer.send({ type: LAST }, host.address);
    socket.settled();
  });
  const got = socket.received.some(({ type }) => type === PROBE) ? 'delivered' : 'discarded';
  return [got, ...answers.map(inWords)].join(', ');
}

function inWords({ icmpv6 }: Packet): string {
  const pointer = icmpv6?.type === 4 ? `, pointer ${String(icmpv6.body.readUInt32BE(0))}` : '';
  return `type ${String(icmpv6?.type)} code ${String(icmpv6?.code)}${pointer}`;
}

const option = (type: number): Extensions => [
  { kind: 'destination', options: [{ type, data: Buffer.alloc(4) }] },
];
const routing = (type: number, segmentsLeft: number): Extensions => [
  { kind: 'routing', type, segmentsLeft, data: Buffer.alloc(20) },
];

export const order = section('rfc8200-4.1', 'Extension Header Order', [
  {
    id: 'sends-headers-in-their-order',
    says: 'Extension headers leave in the order that is recommended.',
    covers: ['rfc8200-4.1-01'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const options = encodeDestinationOptions({ options: [] });
      socket.setSticky(ancillary.destinationOptions(options));
      socket.setSticky(
        ancillary.routingHeader(
          encodeRouting({ type: ROUTING_TYPE.segment, addresses: ['::', peer.address] }),
        ),
      );
      socket.setSticky(ancillary.routingHeaderDestinationOptions(options));
      socket.setSticky(ancillary.hopByHopOptions(encodeHopByHop({ options: [] })));
      const bytes = message({ type: PROBE, body: Buffer.alloc(3000) });
      const [first] = await wire.capture(() => socket.sendTo(bytes, peer.secondAddress));
      expect(first?.extensions.map(({ kind }) => kind).join(', ')).toBe(
        'hop-by-hop, destination, routing, fragment, destination',
      );
    },
  },
  ...(
    [
      ['options-twice', [...option(0x1e), ...option(0x1e)]],
      ['options-behind-routing', [...routing(253, 0), ...option(0x1e)]],
      ['options-around-routing', [...option(0x1e), ...routing(253, 0), ...option(0x1e)]],
      ['options-behind-a-fragment-header', [{ kind: 'fragment', identification: 1 }, ...option(0x1e)]],
      [
        'routing-behind-a-fragment-header',
        [{ kind: 'hop-by-hop' }, { kind: 'fragment', identification: 2 }, ...routing(253, 0)],
      ],
    ] as const
  ).map(([slug, extensions]): Rule => ({
    id: `accepts-${slug}`,
    says: `Extension headers are accepted in any order and number: ${slug.replaceAll('-', ' ')}.`,
    covers: ['rfc8200-4.1-02'],
    needs,
    check: async (lab) => {
      expect(await fateOf(lab, extensions, lab.host.address)).toBe('delivered');
    },
  })),
]);

const DISCARDED = 'discarded';
const REPORTED = 'discarded, type 4 code 2, pointer 42';

export const options = section('rfc8200-4.2', 'Options', [
  ...(
    [
      ['skip', 0x1e, 'delivered', 'delivered'],
      ['discard', 0x5e, DISCARDED, DISCARDED],
      ['discard-and-report', 0x9e, REPORTED, REPORTED],
      ['discard-and-report-unicast', 0xde, REPORTED, DISCARDED],
    ] as const
  ).flatMap(([slug, type, toUnicast, toGroup]): Rule[] =>
    (['unicast', 'group'] as const).map((target) => ({
      id: `${slug}-for-a-${target}`,
      says: `An unknown option whose first two bits say ${slug.replaceAll('-', ' ')}, in a packet to a ${target}: ${target === 'group' ? toGroup : toUnicast}.`,
      covers: ['rfc8200-4.2-01'],
      needs,
      check: async (lab) => {
        const destination = target === 'group' ? 'ff02::1' : lab.host.address;
        expect(await fateOf(lab, option(type), destination)).toBe(target === 'group' ? toGroup : toUnicast);
      },
    })),
  ),
]);

export const unknownRouting = section('rfc8200-4.4', 'Routing Header', [
  {
    id: 'an-unknown-type-without-segments-is-ignored',
    says: 'A routing header of an unknown type with no segment left is ignored.',
    covers: ['rfc8200-4.4-01'],
    needs,
    check: async (lab) => {
      expect(await fateOf(lab, routing(253, 0), lab.host.address)).toBe('delivered');
    },
  },
  {
    id: 'an-unknown-type-with-segments-is-reported',
    says: 'A packet with a routing header of an unknown type and a segment left is discarded, and a Parameter Problem points at the type.',
    covers: ['rfc8200-4.4-01'],
    needs,
    check: async (lab) => {
      expect(await fateOf(lab, routing(253, 1), lab.host.address)).toBe(
        'discarded, type 4 code 0, pointer 42',
      );
    },
  },
]);

export const sizes = section('rfc8200-5', 'Packet Size Issues', [
  {
    id: 'reassembles-1500-bytes',
    says: 'A packet of 1500 bytes that arrives in fragments is reassembled.',
    covers: ['rfc8200-5-01'],
    needs,
    check({ host, peer, random }) {
      const socket = host.rawIcmpv6();
      const icmpv6 = { type: PROBE, body: random.bytes(1456) };
      const whole = encodePacket({ source: peer.address, destination: host.address, icmpv6 });
      for (const each of fragment(whole, 1280, 0x3542_0201)) peer.inject(each);
      expect(socket).toReceive({ data: whole.subarray(40) });
    },
  },
]);

export const sourceRoutes = section('rfc5095-3', 'Deprecation of RH0', [
  {
    id: 'type-0-without-segments-is-ignored',
    says: 'A routing header of type 0 with no segment left is ignored, as one of an unknown type is.',
    covers: ['rfc5095-3-01'],
    needs,
    check: async (lab) => {
      expect(await fateOf(lab, routing(0, 0), lab.host.address)).toBe('delivered');
    },
  },
  {
    id: 'type-0-with-segments-is-reported',
    says: 'A packet with a routing header of type 0 and a segment left is discarded and reported, as one of an unknown type is.',
    covers: ['rfc5095-3-01'],
    needs,
    check: async (lab) => {
      expect(await fateOf(lab, routing(0, 1), lab.host.address)).toBe('discarded, type 4 code 0, pointer 42');
    },
  },
]);
