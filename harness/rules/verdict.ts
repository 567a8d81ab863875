import { deviationFor, type Build, type Deviation } from './deviations';
import type { Level } from './level';
import type { Finding } from './outcome';

export type Verdict = 'broken' | 'fail' | 'fixed' | 'not run' | 'untested' | 'known' | 'observed' | 'pass';

export interface Judgement {
  readonly verdict: Verdict;
  /** Whether it turns the run red on its own: a failed *should* does so only when asked for. */
  readonly unexpected: boolean;
  readonly deviation: Deviation | undefined;
}

export interface Expectations {
  readonly deviations: readonly Deviation[];
  readonly build: Build;
  readonly strict: boolean;
}

/** A finding in the light of what is known of the system. A deviation excuses a failure with its own observation only. */
export function judge(
  rule: { readonly id: string; readonly level: Level },
  finding: Finding,
  { deviations, build, strict }: Expectations,
): Judgement {
  const deviation = deviationFor(deviations, rule.id, build);
  const demanded = rule.level === 'must' || (rule.level === 'should' && strict);
  switch (finding.kind) {
    case 'pass':
      return deviation === undefined
        ? { verdict: 'pass', unexpected: false, deviation }
        : { verdict: 'fixed', unexpected: true, deviation };
    case 'fail':
      return deviation?.observed === finding.observed
        ? { verdict: 'known', unexpected: false, deviation }
        : { verdict: 'fail', unexpected: demanded || deviation !== undefined, deviation };
    case 'observed':
    case 'untested':
    case 'broken':
      return { verdict: finding.kind, unexpected: false, deviation: undefined };
  }
}

/** Exit codes, which are an API. */
export const EXIT = {
  expected: 0,
  unexpected: 1,
  usage: 2,
  incomplete: 3,
  suite: 70,
  interrupted: 130,
} as const;

/** The code of a run that came to its end. */
export function exitCodeOf(
  results: readonly { readonly verdict: Verdict; readonly unexpected: boolean }[],
  suiteError: boolean,
): number {
  if (suiteError) return EXIT.suite;
  if (results.some(({ unexpected }) => unexpected)) return EXIT.unexpected;
  const incomplete: readonly Verdict[] = ['untested', 'broken', 'not run'];
  if (results.some(({ verdict }) => incomplete.includes(verdict))) return EXIT.incomplete;
  return EXIT.expected;
}
