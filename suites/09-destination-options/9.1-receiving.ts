import { arriveWith, expect, section, type ExtensionFields, type Laboratory, type Rule } from '../../harness';

const needs: Rule['needs'] = ['raw-icmpv6', 'peer'];
/** For experiments, and skipped by who does not know it (RFC 4727 §3.7). */
const UNKNOWN = 0x1e;

const destination = (mark: number, length = 4): ExtensionFields => ({
  kind: 'destination',
  options: [{ type: UNKNOWN, data: Buffer.alloc(length, mark) }],
});

const routing: ExtensionFields = { kind: 'routing', type: 253, segmentsLeft: 0, data: Buffer.alloc(4) };

/** Each destination options header of the packet must come back as an object of its own. */
function returnsEach(lab: Laboratory, ...extensions: readonly ExtensionFields[]): void {
  const socket = lab.host.rawIcmpv6();
  socket.enable('receive-destination-options');
  const sent = arriveWith(lab, ...extensions).filter(({ kind }) => kind === 'destination');
  const got = socket.next({ type: 201 }).ancillary.all('destination-options');
  expect(got.map((bytes) => bytes.toString('hex'))).toEqual(sent.map(({ bytes }) => bytes.toString('hex')));
}

export default section('9.1', 'Receiving Destination Options', [
  {
    id: 'received-header-is-an-object',
    says: 'With IPV6_RECVDSTOPTS a received destination options header is returned whole as one IPV6_DSTOPTS object.',
    covers: ['9.1-01'],
    needs,
    check(lab) {
      for (const length of [0, 1, 4, 12, 255]) returnsEach(lab, destination(0xa5, length));
      returnsEach(lab, { kind: 'destination' });
    },
  },
  {
    id: 'several-headers-are-several-objects',
    says: 'Each of several received destination options headers is returned as an object of its own.',
    covers: ['9.1-01'],
    needs,
    check(lab) {
      returnsEach(lab, destination(1), destination(2));
      returnsEach(lab, destination(3, 20), destination(2), destination(1));
    },
  },
  {
    id: 'before-and-after-a-routing-header',
    says: 'Destination options headers before and after a routing header are returned alike, as IPV6_DSTOPTS.',
    covers: ['9.1-01'],
    needs,
    check(lab) {
      returnsEach(lab, destination(1), routing);
      returnsEach(lab, routing, destination(2));
      returnsEach(lab, destination(3), routing, destination(4));
    },
  },
  {
    id: 'no-object-unless-asked-for',
    says: 'Without IPV6_RECVDSTOPTS, at first and after it was turned off, no IPV6_DSTOPTS object is returned.',
    covers: ['9.1-01'],
    needs,
    check(lab) {
      const fresh = lab.host.rawIcmpv6();
      const off = lab.host.rawIcmpv6();
      off.enable('receive-destination-options');
      off.disable('receive-destination-options');
      arriveWith(lab, destination(1));
      for (const socket of [fresh, off]) expect(socket.next({ type: 201 }).ancillary.kinds).toEqual([]);
    },
  },
  {
    id: 'no-object-without-a-header',
    says: 'A packet without a destination options header brings no IPV6_DSTOPTS object.',
    covers: ['9.1-01'],
    needs,
    check(lab) {
      returnsEach(lab, { kind: 'hop-by-hop' });
    },
  },
]);
