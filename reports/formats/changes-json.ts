import { CHANGES, type Comparison, exitCodeOf } from '../compare';
import type { Report, RuleResult } from '../report';
import { json } from '../text';

export const COMPARISON_SCHEMA = 'rfc3542-comparison/1';

/** A comparison for programs: the changes with both sides as the records have them, without bytes. */
export function changesAsJson(comparison: Comparison): string {
  const { before, after, fingerprint, changes, same, warnings } = comparison;
  const document = {
    schema: COMPARISON_SCHEMA,
    exitCode: exitCodeOf(comparison),
    counts: {
      ...Object.fromEntries(
        CHANGES.map((kind) => [kind, changes.filter((change) => change.kind === kind).length]),
      ),
      same,
    },
    warnings,
    before: runOf(before),
    after: runOf(after),
    fingerprint,
    changes: changes.map(({ kind, id, ...sides }) => ({
      kind,
      id,
      before: sideOf(sides.before),
      after: sideOf(sides.after),
    })),
  };
  return json(document);
}

function runOf({ machine, suite, run, counts }: Report) {
  return { machine, suite, run, counts };
}

function sideOf(rule: RuleResult | undefined) {
  if (rule === undefined) return null;
  const { verdict, unexpected, level, says, expected, observed, reason } = rule;
  return { verdict, unexpected, level, says, expected, observed, reason };
}
