import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
/** Two options, with a Pad1 and a PadN between them and a PadN behind. */
const HEADER = Buffer.from('3b021e04aabbccdd000101003e0211220106000000000000', 'hex');

export default section('10.5', 'inet6_opt_next', [
  {
    id: 'returns-each-option',
    says: 'inet6_opt_next returns type, length and data of each option in turn, and the offset behind it.',
    covers: ['10.5-01'],
    needs,
    check({ library }) {
      expect(library.optNext(HEADER, 24, 0)).toEqual({ offset: 8, type: 0x1e, length: 4, data: 4 });
      expect(library.optNext(HEADER, 24, 8)).toEqual({ offset: 16, type: 0x3e, length: 2, data: 14 });
    },
  },
  {
    id: 'never-returns-padding',
    says: 'inet6_opt_next passes over Pad1 and PadN options wherever they stand.',
    covers: ['10.5-02', '8-01'],
    needs,
    check({ library }) {
      for (const padding of ['', '00', '0000', '0100', '010100', '00010100', '0104000000000000']) {
        const bytes = Buffer.from(`3b01${padding}1e01ff`, 'hex');
        const header = Buffer.concat([bytes, Buffer.alloc(16 - bytes.length)]);
        expect(library.optNext(header, 16, 0)).toMatchObject({ type: 0x1e, offset: bytes.length });
      }
    },
  },
  {
    id: 'ends-with-minus-1',
    says: 'inet6_opt_next returns -1 when there is no further option.',
    covers: ['10.5-03'],
    needs,
    check({ library }) {
      expect(library.optNext(HEADER, 24, 16).offset).toBe(-1);
      expect(library.optNext(HEADER, 24, 24).offset).toBe(-1);
    },
  },
  {
    id: 'ends-in-a-header-of-padding',
    says: 'inet6_opt_next returns -1 for a header that holds only padding.',
    covers: ['10.5-02', '10.5-03'],
    needs,
    check({ library }) {
      for (const header of ['3b00000000000000', '3b00010400000000', '3b00000001020000'])
        expect(library.optNext(Buffer.from(header, 'hex'), 8, 0).offset).toBe(-1);
    },
  },
  {
    id: 'refuses-an-option-beyond-the-end',
    says: 'inet6_opt_next returns -1 for an option, or padding, that is longer than the header.',
    covers: ['10.5-03'],
    needs,
    check({ library }) {
      for (const header of ['3b001e0500000000', '3b001eff00000000', '3b00010500000000', '3b000000001e0200']) {
        const bytes = Buffer.concat([Buffer.from(header, 'hex'), Buffer.alloc(512)]);
        expect(library.optNext(bytes, 8, 0).offset).toBe(-1);
      }
    },
  },
  {
    id: 'refuses-a-type-without-a-length',
    says: 'inet6_opt_next returns -1 when the header ends behind the type of an option.',
    covers: ['10.5-03'],
    needs,
    check({ library }) {
      const bytes = Buffer.concat([Buffer.from('3b0000000000001e', 'hex'), Buffer.alloc(16)]);
      expect(library.optNext(bytes, 8, 0).offset).toBe(-1);
    },
  },
]);
