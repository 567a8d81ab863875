import { expect, type Laboratory, type Rule } from '../../harness';

const PROBE = 200;
/** What an IPv6 header and a Fragment header take of the link's MTU. */
const HEADERS = 40 + 8;

/** Sends `lengths.length` messages of random content, one of each length. */
async function sweepLengths(
  { wire, peer, random, figures }: Laboratory,
  lengths: readonly number[],
): Promise<void> {
  const tally = await wire.sweep({
    count: lengths.length,
    destination: peer.address,
    message: (index, into) => {
      const length = lengths[index] ?? 4;
      into.writeUInt32BE(0, 0);
      into.writeUInt8(PROBE, 0);
      random.fill(into, 4, length);
      return length;
    },
  });
  Object.assign(figures, { sent: tally.sent, seen: tally.seen, verified: tally.verified });
  expect(tally).toBeVerified();
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Exhaustive: every message is captured and its checksum computed again. */
export const sweeps: readonly Rule[] = [
  {
    id: 'every-type-and-code',
    says: 'The kernel fills in the checksum of messages of every type with every code.',
    covers: ['3.1-01', 'rfc4443-2.3-01'],
    needs: ['raw-icmpv6', 'link'],
    sweep: true,
    async check({ wire, peer, random, figures }) {
      const tally = await wire.sweep({
        count: 65_536,
        destination: peer.address,
        message: (index, into) => {
          into.writeUInt32BE(index * 65_536, 0);
          random.fill(into, 4, 64);
          return 64;
        },
      });
      Object.assign(figures, { sent: tally.sent, seen: tally.seen, verified: tally.verified });
      expect(tally).toBeVerified();
    },
  },
  {
    id: 'every-length-to-1500',
    says: 'The kernel fills in the checksum of messages of every length from 4 to 1500 bytes.',
    covers: ['3.1-01', '3.1-04'],
    needs: ['raw-icmpv6', 'link'],
    sweep: true,
    check: (lab) => sweepLengths(lab, range(4, 1500)),
  },
  {
    id: 'every-length-around-a-fragment-boundary',
    says: 'The kernel fills in the checksum of messages whose length is around that of any number of full fragments.',
    covers: ['3.1-01', '3.1-04', '3.1-05'],
    needs: ['raw-icmpv6', 'link'],
    sweep: true,
    check: (lab) => {
      const full = (lab.wire.mtu - HEADERS) & ~7;
      const boundaries = range(1, Math.floor(65_500 / full)).map((fragments) => fragments * full);
      return sweepLengths(
        lab,
        boundaries.flatMap((boundary) => range(boundary - 4, boundary + 4)),
      );
    },
  },
];
