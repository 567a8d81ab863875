import { builtRouting, section, type Rule } from '../../harness';

const needs: Rule['needs'] = ['inet6-functions'];
const INTERMEDIATES = ['2001:db8::1', '2001:db8::2', '2001:db8::3'];

export default section('21', 'Examples Using the inet6_rth_XXX() Functions', [
  {
    id: 'route-of-three',
    says: 'The routing header of three intermediate nodes, as the functions build it.',
    covers: ['21-01'],
    needs,
    check: ({ library }) => builtRouting(library, INTERMEDIATES).toString('hex'),
  },
  {
    id: 'way-back',
    says: 'The same header reversed after it was received with no segments left.',
    covers: ['21-01'],
    needs,
    check({ library }) {
      const header = builtRouting(library, INTERMEDIATES);
      header.writeUInt8(0, 3);
      library.rthReverse(header, header);
      return header.toString('hex');
    },
  },
]);
