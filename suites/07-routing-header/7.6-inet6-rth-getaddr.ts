import { builtRouting, expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
const ADDRESSES = ['2001:db8::1', '2001:db8::2', '2001:db8::3'];

export default section('7.6', 'inet6_rth_getaddr', [
  {
    id: 'points-to-each-address',
    says: 'inet6_rth_getaddr returns a pointer into the header to the address of that index, from 0 on.',
    covers: ['7.6-01'],
    needs,
    check({ library }) {
      const header = builtRouting(library, ADDRESSES);
      for (const index of [0, 1, 2]) expect(library.rthGetAddress(header, index)).toBe(8 + 16 * index);
    },
  },
  {
    id: 'reaches-the-last-of-127',
    says: 'inet6_rth_getaddr reaches the last address of the longest header.',
    covers: ['7.6-01'],
    needs,
    check({ library }) {
      const header = builtRouting(
        library,
        Array.from({ length: 127 }, () => '2001:db8::1'),
      );
      expect(library.rthGetAddress(header, 126)).toBe(8 + 16 * 126);
    },
  },
  {
    id: 'refuses-a-bad-index',
    says: 'inet6_rth_getaddr returns NULL for an index below 0 or beyond the last address.',
    covers: ['7.6-02'],
    needs,
    check({ library }) {
      const header = builtRouting(library, ADDRESSES);
      for (const index of [-2, -1, 3, 4, 255]) expect(library.rthGetAddress(header, index)).toBeUndefined();
      expect(library.rthGetAddress(builtRouting(library, []), 0)).toBeUndefined();
    },
  },
  {
    id: 'refuses-an-unknown-type',
    says: 'inet6_rth_getaddr returns NULL for a header whose type it does not support.',
    covers: ['7.6-02'],
    needs,
    check({ library }) {
      const header = builtRouting(library, ADDRESSES);
      header.writeUInt8(200, 2);
      expect(library.rthGetAddress(header, 0)).toBeUndefined();
    },
  },
]);
