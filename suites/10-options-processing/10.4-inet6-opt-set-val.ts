import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
const VALUE = Buffer.from('0102030405060708', 'hex');

export default section('10.4', 'inet6_opt_set_val', [
  {
    id: 'returns-where-the-next-field-begins',
    says: 'inet6_opt_set_val returns the offset plus the length of the value.',
    covers: ['10.4-01'],
    needs,
    check({ library }) {
      for (const offset of [0, 4, 12])
        for (const length of [0, 1, 2, 4, 8])
          expect(library.optSetValue(Buffer.alloc(64), 8, offset, VALUE.subarray(0, length))).toBe(
            offset + length,
          );
    },
  },
  {
    id: 'copies-at-any-alignment',
    says: 'inet6_opt_set_val copies values of any length to any offset, and nothing beside them.',
    covers: ['10.4-01', '10.4-02'],
    needs,
    check({ library }) {
      for (let offset = 0; offset < 16; offset += 1)
        for (const length of [1, 2, 3, 4, 8]) {
          const header = Buffer.alloc(40, 0xa5);
          const expected = Buffer.from(header);
          VALUE.copy(expected, 8 + offset, 0, length);
          library.optSetValue(header, 8, offset, VALUE.subarray(0, length));
          expect(header.toString('hex')).toBe(expected.toString('hex'));
        }
    },
  },
]);
