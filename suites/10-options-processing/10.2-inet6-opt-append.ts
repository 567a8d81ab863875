import { expect, section, type Inet6Functions, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
const TYPE = 0x1e;

interface Appended {
  readonly header: Buffer;
  readonly offset: number;
  readonly data: number | undefined;
}

/** An empty header of `room` bytes with one option appended at `at`, or where init says. */
function append(
  library: Inet6Functions,
  option: { readonly type?: number; readonly length: number; readonly align: number },
  room = 1024,
  at?: number,
): Appended {
  const header = Buffer.alloc(room, 0xa5);
  const start = library.optInit(header, room);
  return { header, ...library.optAppend(header, room, at ?? start, { type: TYPE, ...option }) };
}

export default section('10.2', 'inet6_opt_append', [
  {
    id: 'writes-type-and-length',
    says: 'inet6_opt_append writes the type and the length of the option before its data.',
    covers: ['10.2-01'],
    needs,
    check({ library }) {
      for (const length of [1, 2, 4, 7, 255]) {
        const { header, data = 0 } = append(library, { length, align: 1 });
        expect([header[data - 2], header[data - 1]]).toEqual([TYPE, length]);
      }
    },
  },
  {
    id: 'returns-the-end-of-the-data',
    says: 'inet6_opt_append returns the total length, which is where the data that it points to ends.',
    covers: ['10.2-01'],
    needs,
    check({ library }) {
      for (const align of [1, 2, 4, 8])
        for (const length of [8, 9, 12, 255]) {
          const { data = 0, offset } = append(library, { length, align });
          expect(offset).toBe(data + length);
        }
    },
  },
  {
    id: 'pads-before-the-option',
    says: 'What inet6_opt_append leaves out before an option is a Pad1 or PadN option of just that length.',
    covers: ['10.2-01'],
    needs,
    check({ library }) {
      for (let at = 2; at <= 17; at += 1) {
        const { header, data = 0 } = append(library, { length: 8, align: 8 }, 64, at);
        const pad = header.subarray(at, data - 2);
        const expected = pad.length === 1 ? [0] : pad.length === 0 ? [] : [1, pad.length - 2];
        expect([...pad.subarray(0, 2)]).toEqual(expected);
      }
    },
  },
  {
    id: 'refuses-the-types-of-padding',
    says: 'inet6_opt_append returns -1 for the types 0 and 1, which are Pad1 and PadN.',
    covers: ['10.2-02'],
    needs,
    check({ library }) {
      for (const type of [0, 1]) expect(append(library, { type, length: 4, align: 4 }).offset).toBe(-1);
    },
  },
  {
    id: 'takes-every-other-type',
    says: 'inet6_opt_append takes the types from 2 to 255.',
    covers: ['10.2-02'],
    needs,
    check({ library }) {
      for (let type = 2; type <= 255; type += 1) {
        const { header, data = 0 } = append(library, { type, length: 4, align: 4 });
        expect(header[data - 2]).toBe(type);
      }
    },
  },
  {
    id: 'refuses-more-than-255-bytes',
    says: 'inet6_opt_append returns -1 for data of more than 255 bytes, and takes 255.',
    covers: ['10.2-03'],
    needs,
    check({ library }) {
      for (const length of [256, 257, 512]) expect(append(library, { length, align: 1 }).offset).toBe(-1);
      expect(append(library, { length: 255, align: 1 }).offset).toBeGreaterThan(255);
    },
  },
  {
    id: 'no-data',
    says: 'What inet6_opt_append gives for an option without data, which no alignment fits.',
    covers: ['10.2-03'],
    needs,
    check: ({ library }) =>
      append(library, { length: 0, align: 1 }).offset === -1 ? 'it is refused' : 'it is appended',
  },
  {
    id: 'refuses-other-alignments',
    says: 'inet6_opt_append returns -1 for an alignment other than 1, 2, 4 and 8, and takes these.',
    covers: ['10.2-04'],
    needs,
    check({ library }) {
      for (const align of [0, 3, 5, 6, 7, 9, 12, 16])
        expect(append(library, { length: 32, align }).offset).toBe(-1);
      for (const align of [1, 2, 4, 8])
        expect(append(library, { length: 32, align }).offset).toBeGreaterThan(32);
    },
  },
  {
    id: 'refuses-an-alignment-beyond-the-length',
    says: 'inet6_opt_append returns -1 when the alignment exceeds the length, and takes one that equals it.',
    covers: ['10.2-05'],
    needs,
    check({ library }) {
      for (const align of [2, 4, 8]) {
        expect(append(library, { length: align - 1, align }).offset).toBe(-1);
        expect(append(library, { length: align, align }).offset).toBeGreaterThan(align);
      }
    },
  },
  {
    id: 'refuses-what-does-not-fit',
    says: 'inet6_opt_append returns -1 when the option does not fit into the buffer, and takes one that just fits.',
    covers: ['10.2-06'],
    needs,
    check({ library }) {
      for (const room of [8, 16, 64]) {
        expect(append(library, { length: room - 3, align: 1 }, room).offset).toBe(-1);
        expect(append(library, { length: room - 4, align: 1 }, room).offset).toBe(room);
      }
    },
  },
  {
    id: 'aligns-the-end-of-the-data',
    says: 'The data ends at a multiple of the alignment from the start of the header, so that the largest field, which is the last, is aligned.',
    covers: ['10.2-07'],
    needs,
    check({ library }) {
      const ends = [
        [12, 8],
        [7, 4],
        [3, 2],
      ].map(([length = 0, align = 1]) => append(library, { length, align }).offset % align);
      expect(ends).toEqual([0, 0, 0]);
    },
  },
  {
    id: 'aligns-a-single-field',
    says: 'Data that is one field is aligned as it asks, wherever the option before it ended.',
    covers: ['10.2-07'],
    needs,
    check({ library }) {
      for (const align of [1, 2, 4, 8])
        for (let at = 2; at <= 17; at += 1) {
          const { data = -1 } = append(library, { length: align, align }, 64, at);
          expect(data % align).toBe(0);
        }
    },
  },
]);
