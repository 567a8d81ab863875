import type { Question } from '../lab/headers';
import type { Laboratory } from '../lab/laboratory';
import type { Need } from '../lab/needs';

/** What some rules need leave for, by the option that gives it: why they do not run unasked. */
export const OPT_INS = {
  slow: 'takes seconds by its nature',
  'allow-crash': 'can crash a host that has the defect',
} as const;

export type OptIn = keyof typeof OPT_INS;

/** One claim of an RFC about one host, as a value. */
export interface Rule {
  /** The slug; with the section in front of it the rule's id, which is never changed and never used again. */
  readonly id: string;
  /** The requirement, in one sentence. */
  readonly says: string;
  /** Rows of `suites/requirements.json`. */
  readonly covers: readonly string[];
  /** What the machine and the laboratory must be able to do. */
  readonly needs: readonly Need[];
  /** Sends thousands of messages: a proof runs it only under defects that are meant for it. */
  readonly sweep?: true;
  /** What the rule asks the system's headers: all questions of a run are compiled together. */
  readonly asks?: readonly Question[];
  /** It runs only when it is asked for, by this option of `run`. */
  readonly onlyWith?: OptIn;
  /**
   * Observes the host and throws when it does not do what `says` demands. A rule about what the RFC leaves open returns what
   * it observed, in words.
   */
  readonly check: (laboratory: Laboratory) => unknown;
}

/** A defect that shipped: how a failure shows that it is back. */
export interface ShippedDefect {
  readonly reference: string;
  /** Systems and builds that had it. */
  readonly systems: string;
  readonly link: string;
  /** The failures that are its symptom: of these rules, with an observation that this matches. */
  readonly symptom: { readonly rules: readonly string[]; readonly observed: RegExp };
}

/** A section of a document: `3.1`, `rfc4443-2.3`, or a defect that shipped: `kb974927`. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly Rule[];
  /** Why there are no rules, in one sentence; absent where there are. */
  readonly without?: string;
  readonly shipped?: ShippedDefect;
}

/** A rule with its place: what runs, is listed and is reported. */
export interface PlacedRule extends Rule {
  readonly slug: string;
  readonly section: Section;
}

/** @throws RangeError for an id that would not survive every consumer, or that is there twice */
export function section(id: string, title: string, rules: readonly Rule[], shipped?: ShippedDefect): Section {
  for (const rule of rules) {
    if (!/^[a-z0-9][a-z0-9_-]*$/.test(rule.id))
      throw new RangeError(`The rule id ${id}.${rule.id} has other characters than a-z, 0-9, _ and -`);
  }
  const twice = rules.find((rule, index) => rules.findIndex((other) => other.id === rule.id) !== index);
  if (twice !== undefined) throw new RangeError(`The rule id ${id}.${twice.id} is there twice`);
  return { id, title, rules, ...(shipped === undefined ? {} : { shipped }) };
}

/** A section that a reader looks for in the table of contents, with the reason why it has no rules. */
export function sectionWithoutRules(id: string, title: string, without: string): Section {
  return { id, title, rules: [], without };
}

export function placedRules(sections: readonly Section[]): PlacedRule[] {
  return sections.flatMap((inSection) =>
    inSection.rules.map((rule) => ({
      ...rule,
      slug: rule.id,
      id: `${inSection.id}.${rule.id}`,
      section: inSection,
    })),
  );
}
