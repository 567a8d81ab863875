import { fingerprintOf } from './fingerprint';
import { cameToItsEnd, headlineOf, isUnknown } from './headline';
import type { Report, RuleResult } from './report';

/** What became of a rule between two runs, in the order in which a reader wants to know. */
export const CHANGES = [
  'regressed',
  'now untested',
  'gone',
  'changed',
  'fixed',
  'now tested',
  'new',
] as const;
export type ChangeKind = (typeof CHANGES)[number];

/** What each kind means, for legends. */
export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  regressed: 'violated now, and not before',
  'now untested': 'had a result before, and has none now',
  gone: 'not in the second report',
  changed: 'came out otherwise: fails differently, or does something else where the RFC leaves it open',
  fixed: 'violated before, and not now',
  'now tested': 'had no result before, and has one now',
  new: 'not in the first report',
};

export interface Change {
  readonly kind: ChangeKind;
  readonly id: string;
  readonly before?: RuleResult;
  readonly after?: RuleResult;
}

export interface TraitChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export interface Comparison {
  readonly before: Report;
  readonly after: Report;
  /** Usually the reason for the rest. */
  readonly fingerprint: readonly TraitChange[];
  /** In the order of `CHANGES`, and within a kind in the order of the rules. */
  readonly changes: readonly Change[];
  /** How many rules came out the same. */
  readonly same: number;
  /** What makes the comparison less than it seems: a run that ended early, or one of part of the rules. */
  readonly warnings: readonly string[];
}

/** Compares two records, rule by rule. */
export function compare(before: Report, after: Report): Comparison {
  const earlier = new Map(before.rules.map((rule) => [rule.id, rule]));
  const later = new Set(after.rules.map(({ id }) => id));
  const changes = [
    ...after.rules.flatMap((rule) => changeOf(rule.id, earlier.get(rule.id), rule)),
    ...before.rules.flatMap((rule) => (later.has(rule.id) ? [] : changeOf(rule.id, rule, undefined))),
  ].sort((one, other) => CHANGES.indexOf(one.kind) - CHANGES.indexOf(other.kind));
  const touched = changes.filter(({ kind }) => kind !== 'gone').length;
  return {
    before,
    after,
    fingerprint: differences(before, after),
    changes,
    same: after.rules.length - touched,
    warnings: [
      ...headlineOf(before).warnings.map((text) => `Before: ${text}`),
      ...headlineOf(after).warnings.map((text) => `After: ${text}`),
    ],
  };
}

function differences(before: Report, after: Report): TraitChange[] {
  const later = fingerprintOf(after);
  return fingerprintOf(before).flatMap(({ name, value }, index) => {
    const now = later[index]?.value ?? '';
    return now === value ? [] : [{ name, before: value, after: now }];
  });
}

function changeOf(id: string, before: RuleResult | undefined, after: RuleResult | undefined): Change[] {
  const kind = kindOf(before, after);
  if (kind === undefined) return [];
  return [
    {
      kind,
      id,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

function kindOf(before: RuleResult | undefined, after: RuleResult | undefined): ChangeKind | undefined {
  if (after === undefined) return 'gone';
  if (before === undefined) return after.verdict === 'fail' ? 'regressed' : 'new';
  if (isUnknown(after.verdict)) return isUnknown(before.verdict) ? sameReason(before, after) : 'now untested';
  // A rule without an earlier result that fails now counts as a regression: nothing says that it failed before.
  if (after.verdict === 'fail' && !isViolated(before)) return 'regressed';
  if (isUnknown(before.verdict)) return 'now tested';
  if (isViolated(before) && !isViolated(after)) return 'fixed';
  return before.verdict === after.verdict && before.observed === after.observed ? undefined : 'changed';
}

/** Untested before and now; that it broke instead of being untested is still worth a line. */
function sameReason(before: RuleResult, after: RuleResult): ChangeKind | undefined {
  return before.verdict === after.verdict ? undefined : 'changed';
}

function isViolated({ verdict }: RuleResult): boolean {
  return verdict === 'fail' || verdict === 'known';
}

/**
 * The exit code of a comparison as a gate: 1 when something regressed, 3 when nothing did but something that had a result has
 * none now, so that a gate cannot be passed by testing less, else 0. A rule outside of a narrower selection is not missed.
 */
export function exitCodeOf({ changes, after }: Comparison): 0 | 1 | 3 {
  const has = (kind: ChangeKind): boolean => changes.some((change) => change.kind === kind);
  if (has('regressed')) return 1;
  const less = has('now untested') || (has('gone') && after.run.selectors.length === 0);
  return less || !cameToItsEnd(after) ? 3 : 0;
}

/** One sentence. */
export function summaryOf(comparison: Comparison): string {
  const parts = CHANGES.flatMap((kind) => {
    const number = comparison.changes.filter((change) => change.kind === kind).length;
    return number === 0 ? [] : [`${String(number)} ${kind}`];
  });
  return [...parts, `${String(comparison.same)} the same`].join(', ');
}
