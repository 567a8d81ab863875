import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];

export default section('10.1', 'inet6_opt_init', [
  {
    id: 'size-of-an-empty-header',
    says: 'inet6_opt_init returns the size of a header without options, with and without a buffer.',
    covers: ['10.1-01'],
    needs,
    check({ library }) {
      const size = library.optInit(null, 0);
      expect(size).toBeGreaterThan(0);
      for (const length of [8, 16, 2048]) expect(library.optInit(Buffer.alloc(length), length)).toBe(size);
    },
  },
  {
    id: 'writes-the-length',
    says: 'inet6_opt_init writes the length of the header in units of 8 bytes, not counting the first.',
    covers: ['10.1-02'],
    needs,
    check({ library }) {
      for (let units = 1; units <= 256; units += 1) {
        const header = Buffer.alloc(8 * units, 0xa5);
        library.optInit(header, header.length);
        expect(header[1]).toBe(units - 1);
      }
    },
  },
  {
    id: 'refuses-other-than-multiples-of-8',
    says: 'With a buffer, inet6_opt_init returns -1 for a length that is 0 or no multiple of 8.',
    covers: ['10.1-03'],
    needs,
    check({ library }) {
      for (const length of [0, 1, 2, 4, 7, 9, 12, 15, 17, 2047])
        expect(library.optInit(Buffer.alloc(2048), length)).toBe(-1);
    },
  },
]);
