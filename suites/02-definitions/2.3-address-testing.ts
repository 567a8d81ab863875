import { headerRule, section } from '../../harness';

const ADDRESSES =
  'struct in6_addr a, b; for (int i = 0; i < 16; i++) a.s6_addr[i] = b.s6_addr[i] = 17 * i + 1';
/** How many of the 128 differences of one bit the macro does not see. */
const BLIND_SPOTS = `({ ${ADDRESSES}; int unseen = 0; for (int bit = 0; bit < 128; bit++) { b.s6_addr[bit / 8] ^= 1 << bit % 8; unseen += IN6_ARE_ADDR_EQUAL(&a, &b) != 0; b.s6_addr[bit / 8] ^= 1 << bit % 8; } unseen; })`;

export default section('2.3', 'Address Testing Macros', [
  headerRule({
    id: 'equal-addresses',
    says: 'IN6_ARE_ADDR_EQUAL is not zero for two equal addresses.',
    covers: ['2.3-01'],
    header: 'netinet/in.h',
    defines: {
      [`({ ${ADDRESSES}; IN6_ARE_ADDR_EQUAL(&a, &b) != 0; })`]: 1,
      '({ const struct in6_addr a = IN6ADDR_ANY_INIT; IN6_ARE_ADDR_EQUAL(&a, &a) != 0; })': 1,
    },
  }),
  headerRule({
    id: 'unequal-addresses',
    says: 'IN6_ARE_ADDR_EQUAL is zero for two addresses that differ, if only in one bit.',
    covers: ['2.3-01'],
    header: 'netinet/in.h',
    defines: { [BLIND_SPOTS]: 0 },
  }),
]);
