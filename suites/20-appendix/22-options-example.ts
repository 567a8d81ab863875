import { section, type Inet6Functions, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];

/** Options X and Y of the example, with their fields in network byte order. */
const EXAMPLE = [
  { type: 0x3e, length: 12, align: 8, fields: ['12345678', '0102030405060708'] },
  { type: 0x3f, length: 7, align: 4, fields: ['01', '1331', '01020304'] },
] as const;

function built(library: Inet6Functions): Buffer {
  const header = Buffer.alloc(64);
  let offset = library.optInit(header, 32);
  for (const { fields, ...option } of EXAMPLE) {
    const appended = library.optAppend(header, 32, offset, option);
    let at = 0;
    for (const field of fields)
      at = library.optSetValue(header, appended.data ?? 0, at, Buffer.from(field, 'hex'));
    offset = appended.offset;
  }
  return header.subarray(0, library.optFinish(header, 32, offset));
}

export default section('22', 'Examples Using the inet6_opt_XXX() Functions', [
  {
    id: 'header-of-two-options',
    says: 'The header of the two options of the example, as the functions build it.',
    covers: ['22-01'],
    needs,
    check: ({ library }) => built(library).toString('hex'),
  },
  {
    id: 'parsed-again',
    says: 'What the functions find in that header again.',
    covers: ['22-01'],
    needs,
    check({ library }) {
      const header = built(library);
      const found: string[] = [];
      let offset = 0;
      for (;;) {
        const option = library.optNext(header, header.length, offset);
        if (option.offset === -1) return found.join(', ');
        const value = Buffer.alloc(option.length);
        library.optGetValue(header, option.data ?? 0, 0, value);
        found.push(`option ${String(option.type)} with ${value.toString('hex')}`);
        offset = option.offset;
      }
    },
  },
]);
