import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
const HEADER = Buffer.from(Array.from({ length: 40 }, (_, index) => index));

export default section('10.7', 'inet6_opt_get_val', [
  {
    id: 'returns-where-the-next-field-begins',
    says: 'inet6_opt_get_val returns the offset plus the length of the value.',
    covers: ['10.7-01'],
    needs,
    check({ library }) {
      for (const offset of [0, 4, 12])
        for (const length of [0, 1, 2, 4, 8])
          expect(library.optGetValue(HEADER, 8, offset, Buffer.alloc(length))).toBe(offset + length);
    },
  },
  {
    id: 'copies-at-any-alignment',
    says: 'inet6_opt_get_val copies values of any length from any offset.',
    covers: ['10.7-01'],
    needs,
    check({ library }) {
      for (let offset = 0; offset < 16; offset += 1)
        for (const length of [1, 2, 3, 4, 8]) {
          const value = Buffer.alloc(length);
          library.optGetValue(HEADER, 8, offset, value);
          expect([...value]).toEqual([...HEADER.subarray(8 + offset, 8 + offset + length)]);
        }
    },
  },
]);
