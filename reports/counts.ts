import { type Verdict, VERDICTS } from './report';

/**
 * How many rules came to each verdict, zeros included. The single place that counts: the run stores what this returns in
 * the record, every format shows what is stored, and `verify` counts again with it.
 */
export function count(rules: readonly { readonly verdict: Verdict }[]): Record<Verdict, number> {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of rules) counts[verdict] += 1;
  return counts;
}
