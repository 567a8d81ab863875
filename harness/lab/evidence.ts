/** Where the packets of a rule are in the evidence: the number of the first, from 1, and how many. */
export interface Excerpt {
  readonly first: number;
  readonly count: number;
}

/** One link's share of the evidence. */
export interface EvidenceLink {
  /** Adds a frame that crossed the link now. */
  add(bytes: Buffer, length: number): void;
}

/** Every packet of a run, each with the id of the rule that it belongs to. */
export interface Evidence {
  /** `linkType` says what frames begin with: pcapng's LINKTYPE_. */
  link(name: string, linkType: number): EvidenceLink;
  /** What follows belongs to this rule. */
  begin(rule: string): void;
  /** Where the packets of the rule are that `begin` named. */
  end(): Excerpt;
}

/** Keeps nothing: for runs that were not asked for evidence. */
export const noEvidence: Evidence = {
  link: () => ({ add: () => undefined }),
  begin: () => undefined,
  end: () => ({ first: 1, count: 0 }),
};
