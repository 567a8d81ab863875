import { patternOf } from './selection';
import type { Section, ShippedDefect } from './rule';

/** Defects that shipped, whose symptoms a failure is compared with. */
export type Symptoms = readonly ShippedDefect[];

export function symptomsIn(sections: readonly Section[]): Symptoms {
  return sections.flatMap(({ shipped }) => shipped ?? []);
}

/** The shipped defects that a failure looks exactly like. */
export function symptomsOf(
  symptoms: Symptoms,
  rule: string,
  observed: string,
): { readonly reference: string; readonly systems: string; readonly link: string }[] {
  return symptoms
    .filter(
      ({ symptom }) =>
        symptom.observed.test(observed) && symptom.rules.some((selector) => patternOf(selector).test(rule)),
    )
    .map(({ reference, systems, link }) => ({ reference, systems, link }));
}
