import { headerObservation, headerRule, type Rule } from '../../harness';

const header = 'netinet/icmp6.h';
const FILTER = 'struct icmp6_filter f';

/** How many types of 256 pass after these statements. */
const passing = (statements: string): string =>
  `({ ${FILTER}; ${statements}; int n = 0; for (int t = 0; t < 256; t++) n += ICMP6_FILTER_WILLPASS(t, &f) != 0; n; })`;

/** How many of the 256 × 256 pairs of types a macro gets wrong, when it changes one type and another is asked for. */
const mistakes = (start: string, change: string, asked: string): string =>
  `({ ${FILTER}; int wrong = 0; for (int s = 0; s < 256; s++) { ${start}(&f); ${change}(s, &f); for (int t = 0; t < 256; t++) wrong += (${asked}(t, &f) != 0) != (s == t); } wrong; })`;

/** What a C program finds in the header: the RFC leaves the structure to the system, and gives programs six macros. */
export const filterMacros: readonly Rule[] = [
  headerRule({
    id: 'macros-of-the-whole-filter',
    says: 'The header has struct icmp6_filter, and macros that make it pass and block all types.',
    covers: ['3.2-04', '3.2-05', '3.2-06'],
    header,
    defines: {
      [passing('ICMP6_FILTER_SETPASSALL(&f)')]: 256,
      [passing('ICMP6_FILTER_SETBLOCKALL(&f)')]: 0,
    },
  }),
  headerRule({
    id: 'macros-of-one-type',
    says: 'The macros that pass or block one type change that type and no other, for all 256.',
    covers: ['3.2-04', '3.2-07', '3.2-08', '3.2-09', '3.2-11'],
    header,
    defines: {
      [mistakes('ICMP6_FILTER_SETBLOCKALL', 'ICMP6_FILTER_SETPASS', 'ICMP6_FILTER_WILLPASS')]: 0,
      [mistakes('ICMP6_FILTER_SETPASSALL', 'ICMP6_FILTER_SETBLOCK', 'ICMP6_FILTER_WILLBLOCK')]: 0,
    },
  }),
  headerRule({
    id: 'macros-that-look-take-a-constant-filter',
    says: 'The macros that only look at a filter take a pointer to a constant one.',
    covers: ['3.2-12'],
    header,
    defines: {
      [`({ static const ${FILTER}; const struct icmp6_filter *p = &f; (ICMP6_FILTER_WILLPASS(1, p) != 0) + (ICMP6_FILTER_WILLBLOCK(1, p) != 0); })`]: 1,
    },
  }),
  headerObservation({
    id: 'macros-and-their-argument',
    says: 'How often the macro that passes a type evaluates its argument.',
    covers: ['3.2-24'],
    header,
    expressions: [
      `({ ${FILTER}; int times = 0; ICMP6_FILTER_SETBLOCKALL(&f); ICMP6_FILTER_SETPASS((times++, 7), &f); times; })`,
    ],
  }),
  headerObservation({
    id: 'number-of-the-option',
    says: 'The number and the size of the option, which each system chooses for itself.',
    covers: ['3.2-03', '3.2-23'],
    header,
    expressions: ['ICMP6_FILTER', 'sizeof(struct icmp6_filter)'],
  }),
];
