import {
  arriveWith,
  encodeHopByHop,
  expect,
  OPTION,
  section,
  type ExtensionFields,
  type Laboratory,
  type Rule,
} from '../../harness';

type Options = Parameters<typeof encodeHopByHop>[0]['options'];

const needs: Rule['needs'] = ['raw-icmpv6', 'peer'];
/** For experiments, and skipped by who does not know it (RFC 4727 §3.7). */
const UNKNOWN = 0x1e;

const hopByHop = (options: Options = []): ExtensionFields => ({ kind: 'hop-by-hop', options });

const CONTENTS: Readonly<Record<string, { what: string; options: Options }>> = {
  'router-alert': {
    what: 'a router alert',
    options: [{ type: OPTION.routerAlert, data: Buffer.of(0, 0) }],
  },
  'unknown-option': {
    what: 'an unknown option that receivers skip',
    options: [{ type: UNKNOWN, data: Buffer.of(1, 2, 3, 4) }],
  },
  'long-options': {
    what: 'unknown options of several lengths',
    options: [0, 1, 7, 20, 255].map((length) => ({ type: UNKNOWN, data: Buffer.alloc(length, length) })),
  },
  padding: { what: 'nothing but a PadN', options: [] },
  'single-padding': {
    what: 'nothing but Pad1',
    options: Array.from({ length: 6 }, () => ({ type: OPTION.pad1 })),
  },
};

function objectsOf(lab: Laboratory, options: Options): void {
  const socket = lab.host.rawIcmpv6();
  socket.enable('receive-hop-by-hop-options');
  const sent = arriveWith(lab, hopByHop(options));
  const got = socket.next({ type: 201 }).ancillary.all('hop-by-hop-options');
  expect(got.map((bytes) => bytes.toString('hex'))).toEqual(sent.map(({ bytes }) => bytes.toString('hex')));
}

export default section('8.1', 'Receiving Hop-by-Hop Options', [
  ...Object.entries(CONTENTS).map(([name, { what, options }]): Rule => ({
    id: `${name}-is-returned`,
    says: `With IPV6_RECVHOPOPTS a received header with ${what} is returned whole as one IPV6_HOPOPTS object.`,
    covers: ['8.1-01'],
    needs,
    check: (lab) => {
      objectsOf(lab, options);
    },
  })),
  {
    id: 'no-object-unless-asked-for',
    says: 'Without IPV6_RECVHOPOPTS, at first and after it was turned off, no IPV6_HOPOPTS object is returned.',
    covers: ['8.1-01'],
    needs,
    check(lab) {
      const fresh = lab.host.rawIcmpv6();
      const off = lab.host.rawIcmpv6();
      off.enable('receive-hop-by-hop-options');
      off.disable('receive-hop-by-hop-options');
      arriveWith(lab, hopByHop());
      for (const socket of [fresh, off]) expect(socket.next({ type: 201 }).ancillary.kinds).toEqual([]);
    },
  },
  {
    id: 'no-object-without-a-header',
    says: 'A packet without a hop-by-hop options header brings no IPV6_HOPOPTS object.',
    covers: ['8.1-01'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.enable('receive-hop-by-hop-options');
      arriveWith(lab, { kind: 'destination' });
      expect(socket.next({ type: 201 }).ancillary.kinds).toEqual([]);
    },
  },
]);
