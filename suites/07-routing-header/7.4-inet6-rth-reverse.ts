import { builtRouting, expect, formatAddress, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
const ADDRESSES = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4', '2001:db8::5'];

function addressesOf(header: Buffer): string[] {
  return Array.from({ length: (header.length - 8) / 16 }, (_, index) =>
    formatAddress(header, 8 + 16 * index),
  );
}

const routes = [1, 2, 3, 4, 5].map((count) => ADDRESSES.slice(0, count));

export default section('7.4', 'inet6_rth_reverse', [
  {
    id: 'reverses-into-another-buffer',
    says: 'inet6_rth_reverse writes the addresses in reverse order into another buffer.',
    covers: ['7.4-01'],
    needs,
    check({ library }) {
      for (const route of routes) {
        const into = Buffer.alloc(8 + 16 * route.length, 0xa5);
        expect(library.rthReverse(builtRouting(library, route), into)).toBe(0);
        expect(addressesOf(into)).toEqual([...route].reverse());
      }
    },
  },
  {
    id: 'leaves-the-source-alone',
    says: 'inet6_rth_reverse into another buffer does not change the header that it reverses.',
    covers: ['7.4-01'],
    needs,
    check({ library }) {
      const from = builtRouting(library, ADDRESSES);
      library.rthReverse(from, Buffer.alloc(from.length));
      expect(addressesOf(from)).toEqual(ADDRESSES);
    },
  },
  {
    id: 'reverses-in-place',
    says: 'inet6_rth_reverse may write over the header that it reverses.',
    covers: ['7.4-02'],
    needs,
    check({ library }) {
      for (const route of routes) {
        const header = builtRouting(library, route);
        expect(library.rthReverse(header, header)).toBe(0);
        expect(addressesOf(header)).toEqual([...route].reverse());
      }
    },
  },
  {
    id: 'all-segments-are-left',
    says: 'The reversed header has all of its segments left, however many the received one had.',
    covers: ['7.4-01'],
    needs,
    check({ library }) {
      for (const left of [0, 2, 3]) {
        const from = builtRouting(library, ADDRESSES.slice(0, 3));
        const into = Buffer.alloc(from.length, 0xa5);
        from.writeUInt8(left, 3);
        library.rthReverse(from, into);
        expect([...into.subarray(1, 4)]).toEqual([6, 0, 3]);
      }
    },
  },
  {
    id: 'refuses-an-unknown-type',
    says: 'inet6_rth_reverse returns -1 for a header whose type it does not support.',
    covers: ['7.4-03'],
    needs,
    check({ library }) {
      const from = Buffer.from([0, 6, 200, 0, ...Buffer.alloc(52)]);
      expect(library.rthReverse(from, Buffer.alloc(56))).toBe(-1);
    },
  },
]);
