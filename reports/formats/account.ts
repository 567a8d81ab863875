import type { RuleResult } from '../report';
import { oneLine, plural, printable } from '../text';
import { hexdump, marksWithin } from './bytes';

/** How much of one field a format shows: enough for any sentence, and no log is flooded by one that went wrong. */
export const FIELD_LIMIT = 2000;

/** How many exhibits are shown: the first ones decide. */
const EXHIBITS = 4;

/**
 * What happened under a rule, line by line: the requirement, what was expected, everything that was seen, the defect that
 * it looks like, and where its packets are. The same account in every format that has room for one.
 */
export function accountOf(rule: RuleResult): string[] {
  const { expected, observed, reason, deviation, symptoms, packets, exhibits } = rule;
  return [
    field(rule.says),
    ...(expected === undefined ? [] : [`Expected  ${field(expected)}`]),
    ...(observed === undefined ? [] : [`Observed  ${field(observed)}`]),
    ...(reason === undefined ? [] : [`Reason    ${field(reason)}`]),
    ...exhibits
      .slice(0, EXHIBITS)
      .flatMap((exhibit) => [
        `Packet    ${field(exhibit.title)}`,
        ...hexdump(exhibit.actual, marksWithin(exhibit)).map((line) => `          ${line}`),
      ]),
    ...(exhibits.length > EXHIBITS
      ? [`          … and ${plural(exhibits.length - EXHIBITS, 'more packet')}`]
      : []),
    ...symptoms.map(
      ({ reference, systems }) => `Symptom of ${oneLine(reference, 200)} (${oneLine(systems, 200)})`,
    ),
    ...(deviation === undefined
      ? []
      : [`Deviation ${oneLine(deviation.reason, FIELD_LIMIT)} (${oneLine(deviation.link, 200)})`]),
    ...(packets === undefined || packets.count === 0
      ? []
      : [`Evidence  ${plural(packets.count, 'packet')} from number ${String(packets.first)}`]),
  ];
}

/** An empty field is shown as one: a blank would read as if nothing had been recorded. */
function field(text: string, limit = FIELD_LIMIT): string {
  return oneLine(text, limit) || '(empty)';
}

/** The one line that says why the verdict is what it is. */
export function gistOf(rule: RuleResult): string {
  const { verdict, expected, observed, reason, deviation } = rule;
  const seen =
    observed === undefined
      ? undefined
      : expected === undefined
        ? field(observed, 300)
        : `expected ${field(expected, 300)}, observed ${field(observed, 300)}`;
  if (verdict === 'known')
    return [deviation && oneLine(deviation.reason, 300), seen].filter(Boolean).join(' — ');
  if (verdict === 'fixed') {
    return `it passes, and a deviation still says otherwise${deviation ? `: ${oneLine(deviation.reason, 300)}` : ''}`;
  }
  return seen ?? (reason === undefined ? '' : oneLine(reason, 300));
}

/** What the rule measured, under names that any reader can hold. */
export function figuresOf({ figures }: RuleResult): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [printable(name), value]));
}
