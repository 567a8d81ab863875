import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
/** Options of the types 0x1e, 0x3e and 0x1e again, with padding between them. */
const HEADER = Buffer.from('3b021e04aabbccdd000101003e0211221e01550102000000', 'hex');

export default section('10.6', 'inet6_opt_find', [
  {
    id: 'finds-a-type',
    says: 'inet6_opt_find passes over options of other types and returns length, data and the offset behind the one it found.',
    covers: ['10.6-01'],
    needs,
    check({ library }) {
      expect(library.optFind(HEADER, 24, 0, 0x3e)).toEqual({ offset: 16, length: 2, data: 14 });
    },
  },
  {
    id: 'finds-the-next-of-a-type',
    says: 'inet6_opt_find finds the next option of the same type from the offset that it returned.',
    covers: ['10.6-01'],
    needs,
    check({ library }) {
      const first = library.optFind(HEADER, 24, 0, 0x1e);
      expect(first).toEqual({ offset: 8, length: 4, data: 4 });
      expect(library.optFind(HEADER, 24, first.offset, 0x1e)).toEqual({ offset: 19, length: 1, data: 18 });
    },
  },
  {
    id: 'ends-with-minus-1',
    says: 'inet6_opt_find returns -1 when there is no option of that type, or no further one.',
    covers: ['10.6-02'],
    needs,
    check({ library }) {
      expect(library.optFind(HEADER, 24, 0, 0x77).offset).toBe(-1);
      expect(library.optFind(HEADER, 24, 16, 0x3e).offset).toBe(-1);
    },
  },
  {
    id: 'refuses-a-malformed-header',
    says: 'inet6_opt_find returns -1 when an option before the one that is sought is longer than the header.',
    covers: ['10.6-02'],
    needs,
    check({ library }) {
      const bytes = Buffer.concat([Buffer.from('3b001eff3e020000', 'hex'), Buffer.alloc(512)]);
      expect(library.optFind(bytes, 8, 0, 0x3e).offset).toBe(-1);
      expect(library.optFind(bytes, 8, 0, 0x1e).offset).toBe(-1);
    },
  },
]);
