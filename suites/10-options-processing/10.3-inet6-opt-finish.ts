import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];

export default section('10.3', 'inet6_opt_finish', [
  {
    id: 'rounds-up-to-8',
    says: 'inet6_opt_finish returns the length rounded up to a multiple of 8, with and without a buffer.',
    covers: ['10.3-01'],
    needs,
    check({ library }) {
      for (let offset = 2; offset <= 64; offset += 1) {
        const total = Math.ceil(offset / 8) * 8;
        expect(library.optFinish(null, 0, offset)).toBe(total);
        expect(library.optFinish(Buffer.alloc(64), 64, offset)).toBe(total);
      }
    },
  },
  {
    id: 'writes-the-final-padding',
    says: 'inet6_opt_finish fills the header up with one Pad1 or PadN option.',
    covers: ['10.3-01'],
    needs,
    check({ library }) {
      for (let offset = 2; offset <= 16; offset += 1) {
        const header = Buffer.alloc(24, 0xa5);
        const end = library.optFinish(header, 24, offset);
        const length = end - offset;
        const expected = length === 1 ? [0] : length === 0 ? [] : [1, length - 2];
        expect([...header.subarray(offset, end).subarray(0, 2)]).toEqual(expected);
      }
    },
  },
  {
    id: 'writes-nothing-behind-the-header',
    says: 'inet6_opt_finish writes nothing before or behind the padding.',
    covers: ['10.3-01'],
    needs,
    check({ library }) {
      for (let offset = 2; offset <= 16; offset += 1) {
        const header = Buffer.alloc(24, 0xa5);
        const end = library.optFinish(header, 24, offset);
        const around = [...header.subarray(0, offset), ...header.subarray(end)];
        expect(around.every((byte) => byte === 0xa5)).toBe(true);
      }
    },
  },
  {
    id: 'refuses-padding-that-does-not-fit',
    says: 'inet6_opt_finish returns -1 when the padding does not fit into the buffer.',
    covers: ['10.3-02'],
    needs,
    check({ library }) {
      for (const [room, offset] of [
        [8, 9],
        [8, 15],
        [16, 17],
      ] as const)
        expect(library.optFinish(Buffer.alloc(64), room, offset)).toBe(-1);
    },
  },
]);
