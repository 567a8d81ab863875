import type { Report, RuleResult, Symptom, Verdict } from './report';
import { oneLine, plural } from './text';

/** What the whole record comes to. `expected` alone may be shown in green. */
export type Outcome = 'unexpected' | 'incomplete' | 'expected';

export interface Headline {
  readonly outcome: Outcome;
  /** One sentence. */
  readonly title: string;
  /**
   * What a reader must know before believing the title: an early end, defects seeded on purpose. Each is one printable line.
   */
  readonly warnings: readonly string[];
}

/** A defect that shipped, and in how many rules this host looks like one that has it. */
export interface Resemblance extends Symptom {
  readonly rules: number;
}

/** Verdicts after which the behaviour of the host is unknown. */
const UNKNOWN: readonly Verdict[] = ['not run', 'untested', 'broken'];

export function isUnknown(verdict: Verdict): boolean {
  return UNKNOWN.includes(verdict);
}

/** Whether the run reached its last rule; one that died or was interrupted did not, whatever its rules came to. */
export function cameToItsEnd({ run }: Report): boolean {
  return run.finished !== undefined && run.interrupted === undefined;
}

/** The sentence that every format leads with, so that none is rosier than another. */
export function headlineOf(report: Report): Headline {
  const warnings = warningsOf(report);
  const { counts, rules } = report;
  const unexpected = rules.filter((rule) => rule.unexpected);
  const violated = unexpected.filter(({ verdict }) => verdict === 'fail').length;
  const stale = unexpected.length - violated;
  if (unexpected.length > 0) {
    const parts = [
      ...(violated > 0 ? [plural(violated, 'rule fails', 'rules fail')] : []),
      ...(stale > 0 ? [plural(stale, 'stale deviation')] : []),
    ];
    return { outcome: 'unexpected', title: parts.join(', '), warnings };
  }
  const unknown = UNKNOWN.reduce((sum, verdict) => sum + counts[verdict], 0);
  if (rules.length === 0) return { outcome: 'incomplete', title: 'Nothing was tested', warnings };
  if (unknown > 0) {
    const title = `Incomplete: ${plural(unknown, 'rule')} of ${plural(rules.length, 'rule')} without a result`;
    return { outcome: 'incomplete', title, warnings };
  }
  if (!cameToItsEnd(report)) {
    return { outcome: 'incomplete', title: 'Incomplete: the run ended early', warnings };
  }
  const known = counts.known === 0 ? '' : `, with ${plural(counts.known, 'known deviation')}`;
  return { outcome: 'expected', title: `As expected${known}`, warnings };
}

/** How much of what a record says is shown in a warning. */
const WARNING = 500;

function warningsOf({ run }: Report): string[] {
  return [
    ...(run.interrupted === undefined
      ? []
      : [`The run was interrupted: ${oneLine(run.interrupted, WARNING)}.`]),
    ...(run.finished === undefined ? ['The run did not finish; this record is a part of it.'] : []),
    ...(run.defects.length === 0
      ? []
      : [`Defects were seeded on purpose: ${oneLine(run.defects.join(', '), WARNING)}.`]),
  ];
}

/** How many defects that shipped are named where room is short: the first are the likely ones. */
export const RESEMBLANCES = 3;

/** The shipped defects that unexpected failures look like, the most frequent first. */
export function resemblances({ rules }: Report): readonly Resemblance[] {
  const found = new Map<string, Resemblance>();
  for (const symptom of rules.filter(({ unexpected }) => unexpected).flatMap(({ symptoms }) => symptoms)) {
    const { reference } = symptom;
    found.set(reference, { ...symptom, rules: (found.get(reference)?.rules ?? 0) + 1 });
  }
  return [...found.values()].sort((one, other) => other.rules - one.rules);
}

/** `Looks like KB974927 in 59 rules (Windows Server 2003 SP2, …)` */
export function similarTo({ reference, systems, rules }: Resemblance): string {
  return `Looks like ${oneLine(reference, 200)} in ${plural(rules, 'rule')} (${oneLine(systems, 200)})`;
}

/** What needs a reader: everything that came out otherwise than it should, in the order of urgency. */
export function needsReader(report: Report): readonly RuleResult[] {
  const urgency = ({ verdict, unexpected }: RuleResult): number =>
    unexpected ? 0 : verdict === 'broken' ? 1 : verdict === 'fail' ? 2 : verdict === 'not run' ? 3 : 4;
  return report.rules.filter((rule) => urgency(rule) < 4).sort((one, other) => urgency(one) - urgency(other));
}
