import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];

const header = (length: number, type: number, left: number): Buffer =>
  Buffer.from([0, length, type, left, ...Buffer.alloc(4 + 8 * length)]);

export default section('7.5', 'inet6_rth_segments', [
  {
    id: 'counts-the-addresses',
    says: 'inet6_rth_segments gives the number of addresses in the header, whatever segments are left.',
    covers: ['7.5-01'],
    needs,
    check({ library }) {
      for (const segments of [0, 1, 2, 3, 127])
        for (const left of [0, segments])
          expect(library.rthSegments(header(2 * segments, 0, left))).toBe(segments);
    },
  },
  {
    id: 'refuses-an-unknown-type',
    says: 'inet6_rth_segments returns -1 for a header whose type it does not support.',
    covers: ['7.5-02'],
    needs,
    check({ library }) {
      expect(library.rthSegments(header(6, 200, 0))).toBe(-1);
    },
  },
  {
    id: 'malformed-headers',
    says: 'What inet6_rth_segments gives for an odd length, and for more segments left than there are.',
    covers: ['7.5-02'],
    needs,
    check: ({ library }) =>
      `length 5: ${String(library.rthSegments(header(5, 0, 0)))}, 9 left of 3: ${String(library.rthSegments(header(6, 0, 9)))}`,
  },
]);
