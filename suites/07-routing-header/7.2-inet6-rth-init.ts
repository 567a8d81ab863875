import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];

/** A buffer in which every byte that was not written can be told. */
const dirty = (length: number): Buffer => Buffer.alloc(length, 0xa5);

export default section('7.2', 'inet6_rth_init', [
  {
    id: 'returns-the-buffer',
    says: 'inet6_rth_init returns the pointer to the buffer that it was given.',
    covers: ['7.2-01'],
    needs,
    check({ library }) {
      for (const segments of [0, 1, 3, 127]) {
        const length = 8 + 16 * segments;
        expect(library.rthInit(dirty(length), length, 0, segments)).toBe(0);
      }
    },
  },
  {
    id: 'writes-type-length-and-no-segments-left',
    says: 'inet6_rth_init sets the type, the length for the number of segments, and no segments left.',
    covers: ['7.2-01'],
    needs,
    check({ library }) {
      for (const segments of [0, 1, 2, 3, 23, 126, 127]) {
        const header = dirty(8 + 16 * segments);
        library.rthInit(header, header.length, 0, segments);
        expect([...header.subarray(1, 4)]).toEqual([2 * segments, 0, 0]);
      }
    },
  },
  {
    id: 'refuses-a-small-buffer',
    says: 'inet6_rth_init returns NULL when the buffer is too small.',
    covers: ['7.2-02'],
    needs,
    check({ library }) {
      for (const [segments, length] of [
        [3, 55],
        [3, 8],
        [1, 23],
        [0, 7],
        [0, 0],
        [127, 2039],
      ] as const)
        expect(library.rthInit(dirty(2048), length, 0, segments)).toBeUndefined();
    },
  },
  {
    id: 'writes-nothing-into-a-small-buffer',
    says: 'inet6_rth_init that refuses a buffer writes nothing behind its end.',
    covers: ['7.2-02'],
    needs,
    check({ library }) {
      const header = dirty(64);
      library.rthInit(header, 8, 0, 3);
      expect(header.subarray(8).every((byte) => byte === 0xa5)).toBe(true);
    },
  },
  {
    id: 'refuses-a-bad-number-of-segments',
    says: 'inet6_rth_init returns NULL for fewer than 0 or more than 127 segments.',
    covers: ['7.2-02'],
    needs,
    check({ library }) {
      for (const segments of [-2, -1, 128, 255, 256])
        expect(library.rthInit(dirty(8192), 8192, 0, segments)).toBeUndefined();
    },
  },
  {
    id: 'refuses-an-impossible-type',
    says: 'inet6_rth_init returns NULL for what is not the type of any routing header.',
    covers: ['7.2-02'],
    needs,
    check({ library }) {
      for (const type of [-1, 256]) expect(library.rthInit(dirty(64), 64, type, 1)).toBeUndefined();
    },
  },
  {
    id: 'larger-buffer',
    says: 'What inet6_rth_init does with a buffer that is larger than the header.',
    covers: ['7.2-03'],
    needs,
    check({ library }) {
      const header = dirty(2048);
      const returned = library.rthInit(header, 2048, 0, 3);
      if (returned === undefined) return 'it is refused';
      const rest = header.subarray(56).every((byte) => byte === 0xa5) ? 'untouched' : 'written';
      return `it is taken, with length ${String(header[1])}; what lies behind the header is ${rest}`;
    },
  },
]);
