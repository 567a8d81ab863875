import type { Report, RuleResult, SectionEntry } from './report';

export interface SectionRules extends SectionEntry {
  readonly rules: readonly RuleResult[];
}

/**
 * The sections of a record with their rules, in the suite's order. Sections that its table of contents does not have come
 * last, in the order of their rules.
 */
export function sectionsOf({ sections = [], rules }: Pick<Report, 'sections' | 'rules'>): SectionRules[] {
  const found = new Map<string, { entry: SectionEntry; rules: RuleResult[] }>();
  for (const entry of sections) found.set(keyOf(entry), { entry, rules: [] });
  for (const rule of rules) {
    const key = keyOf(rule);
    const known = found.get(key);
    if (known !== undefined) known.rules.push(rule);
    else {
      const { document, section, sectionTitle: title } = rule;
      found.set(key, { entry: { document, section, title }, rules: [rule] });
    }
  }
  return [...found.values()].map(({ entry, rules: own }) => ({ ...entry, rules: own }));
}

function keyOf({ document, section }: { readonly document: string; readonly section: string }): string {
  return `${document} ${section}`;
}

/** `RFC 3542 §3.1`, or the document's own name where it is no RFC. */
export function sectionName({
  document,
  section,
}: {
  readonly document: string;
  readonly section: string;
}): string {
  const rfc = /^rfc(\d+)$/.exec(document)?.[1];
  return `${rfc === undefined ? document : `RFC ${rfc}`} §${section}`;
}
