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

interface Place {
  readonly document: string;
  readonly section: string;
}

/** `RFC 3542 §3.1`; a defect that shipped is named by its own number, as `kb974927`. */
export function sectionName({ document, section }: Place): string {
  return rfcOf(document) === undefined
    ? section
    : `${documentName(document)} §${sectionNumber({ document, section })}`;
}

/** The number within its document: ids of sections of other documents than RFC 3542 begin with the document. */
export function sectionNumber({ document, section }: Place): string {
  return section.startsWith(`${document}-`) ? section.slice(document.length + 1) : section;
}

export function documentName(document: string): string {
  const rfc = rfcOf(document);
  if (rfc !== undefined) return `RFC ${rfc}`;
  return document === 'history' ? 'Defects that shipped' : document;
}

function rfcOf(document: string): string | undefined {
  return /^rfc(\d+)$/.exec(document)?.[1];
}
