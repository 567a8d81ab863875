import { expect, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
/** No routing header has such a type: the field is one byte. */
const IMPOSSIBLE_TYPES = [-1, 256, 65_536];

export default section('7.1', 'inet6_rth_space', [
  {
    id: 'space-of-a-type-0-header',
    says: 'inet6_rth_space gives 8 bytes and 16 for each address of a type 0 routing header, from 0 to 127 of them.',
    covers: ['7.1-01'],
    needs,
    check({ library }) {
      for (let segments = 0; segments <= 127; segments += 1)
        expect(library.rthSpace(0, segments)).toBe(8 + 16 * segments);
    },
  },
  {
    id: 'no-space-for-a-bad-number-of-segments',
    says: 'inet6_rth_space gives 0 for fewer than 0 or more than 127 segments.',
    covers: ['7.1-02'],
    needs,
    check({ library }) {
      for (const segments of [-128, -2, -1, 128, 129, 255, 256, 32_768])
        expect(library.rthSpace(0, segments)).toBe(0);
    },
  },
  {
    id: 'no-space-for-an-impossible-type',
    says: 'inet6_rth_space gives 0 for what is not the type of any routing header.',
    covers: ['7.1-02'],
    needs,
    check({ library }) {
      for (const type of IMPOSSIBLE_TYPES) expect(library.rthSpace(type, 1)).toBe(0);
    },
  },
  {
    id: 'supported-types',
    says: 'For which types of routing header inet6_rth_space gives space.',
    covers: ['7.1-02'],
    needs,
    check({ library }) {
      const types = Array.from({ length: 256 }, (_, type) => type);
      const supported = types.filter((type) => library.rthSpace(type, 1) > 0);
      return `types ${supported.join(', ')}`;
    },
  },
  {
    id: 'the-header-alone',
    says: 'What inet6_rth_space gives for three segments, which CMSG_SPACE makes the space of an ancillary data object.',
    covers: ['7.1-03'],
    needs,
    check: ({ library }) => `${String(library.rthSpace(0, 3))} bytes`,
  },
]);
