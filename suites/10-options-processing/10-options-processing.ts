import { expect, headerRule, section, type Inet6Functions } from '../../harness';
import { prototypes } from './prototypes';

const OPTIONS = [
  { type: 0x3e, length: 12, align: 8 },
  { type: 0x3f, length: 7, align: 4 },
  { type: 0x1e, length: 255, align: 1 },
] as const;

/** What init, append for each option and finish return. */
function totals(library: Inet6Functions, header: Buffer | null): number[] {
  const length = header?.length ?? 0;
  const sizes = [library.optInit(header, length)];
  for (const option of OPTIONS)
    sizes.push(library.optAppend(header, length, sizes.at(-1) ?? -1, option).offset);
  return [...sizes, library.optFinish(header, length, sizes.at(-1) ?? -1)];
}

export default section('10', 'Hop-by-Hop and Destination Options Processing', [
  headerRule({
    id: 'prototypes',
    says: '<netinet/in.h> declares the seven inet6_opt_* functions with the types of the RFC.',
    covers: ['10-01', '15-04'],
    header: 'netinet/in.h',
    defines: prototypes,
  }),
  {
    id: 'sizes-without-a-buffer',
    says: 'Without a buffer init, append and finish return the sizes that they return with one.',
    covers: ['10-02'],
    needs: ['inet6-functions'],
    check({ library }) {
      const sizes = totals(library, null);
      const total = sizes.at(-1) ?? 0;
      expect(total > 255 && total % 8 === 0).toBe(true);
      expect(totals(library, Buffer.alloc(total))).toEqual(sizes);
    },
  },
]);
