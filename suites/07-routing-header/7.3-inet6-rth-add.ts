import { builtRouting, expect, parseAddress, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
const ADDRESSES = ['2001:db8::1', '2001:db8::2:0:0', 'fe80::3'];
const FOURTH = parseAddress('2001:db8::4');

export default section('7.3', 'inet6_rth_add', [
  {
    id: 'appends-in-order',
    says: 'inet6_rth_add puts each address behind those before it, and returns 0.',
    covers: ['7.3-01'],
    needs,
    check({ library }) {
      const header = Buffer.alloc(56);
      library.rthInit(header, 56, 0, 3);
      for (const address of ADDRESSES) expect(library.rthAdd(header, parseAddress(address))).toBe(0);
      const expected = Buffer.concat(ADDRESSES.map((address) => parseAddress(address)));
      expect(header.subarray(8).toString('hex')).toBe(expected.toString('hex'));
    },
  },
  {
    id: 'counts-the-segments-left',
    says: 'inet6_rth_add adds one to the segments left, and changes neither type nor length.',
    covers: ['7.3-01'],
    needs,
    check({ library }) {
      const header = Buffer.alloc(8 + 16 * 127);
      library.rthInit(header, header.length, 0, 127);
      for (let added = 1; added <= 127; added += 1) {
        library.rthAdd(header, FOURTH);
        expect([...header.subarray(1, 4)]).toEqual([254, 0, added]);
      }
    },
  },
  {
    id: 'refuses-one-too-many',
    says: 'inet6_rth_add returns -1 when the header is full.',
    covers: ['7.3-02'],
    needs,
    check({ library }) {
      for (const count of [0, 1, 3])
        expect(library.rthAdd(builtRouting(library, ADDRESSES.slice(0, count)), FOURTH)).toBe(-1);
    },
  },
  {
    id: 'one-too-many-is-not-written',
    says: 'An address that inet6_rth_add refuses is not written behind the header.',
    covers: ['7.3-02'],
    needs,
    check({ library }) {
      const room = Buffer.alloc(80);
      builtRouting(library, ADDRESSES).copy(room);
      const before = room.toString('hex');
      library.rthAdd(room, FOURTH);
      expect(room.toString('hex')).toBe(before);
    },
  },
  {
    id: 'refuses-an-unknown-type',
    says: 'inet6_rth_add returns -1 for a header whose type it does not support.',
    covers: ['7.3-02'],
    needs,
    check({ library }) {
      expect(library.rthAdd(Buffer.from([0, 6, 200, 0, ...Buffer.alloc(52)]), FOURTH)).toBe(-1);
    },
  },
]);
