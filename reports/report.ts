/**
 * The record of one run: everything that any format shows. It is written as the run goes, first with every selected rule
 * as `not run`, so that a run that died can be told from one that finished. `report.schema.json` publishes its shape.
 */

export const SCHEMA = 'rfc3542-report/1';

/** What a rule came to. The order is the order of tables and legends: what needs a reader first comes first. */
export const VERDICTS = [
  'broken',
  'fail',
  'fixed',
  'not run',
  'untested',
  'known',
  'observed',
  'pass',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How strongly the RFC asks: the strongest level among the requirements that a rule covers. */
export const LEVELS = ['must', 'should', 'may', 'observation'] as const;
export type Level = (typeof LEVELS)[number];

/** A run of bytes that means something: `checksum` at offset 42 of the packet, two bytes long. */
export interface Mark {
  readonly field: string;
  readonly offset: number;
  readonly length: number;
}

/** Bytes that decided a verdict, as lower-case hexadecimal without separators, from the first byte of the IPv6 header. */
export interface Exhibit {
  readonly title: string;
  readonly actual: string;
  readonly expected?: string;
  readonly marks: readonly Mark[];
}

/** A deviation that excuses a failure, or that a passing rule has outgrown. */
export interface KnownDeviation {
  readonly platform: string;
  readonly builds: string;
  readonly observed: string;
  readonly reason: string;
  readonly link: string;
}

/** A defect that shipped and shows itself exactly as this failure does. */
export interface Symptom {
  readonly reference: string;
  readonly systems: string;
  readonly link: string;
}

export interface RuleResult {
  /** `<section>.<slug>`, never reused. */
  readonly id: string;
  /** The document that the section belongs to: `rfc3542`, `rfc4443`, `history`, … */
  readonly document: string;
  readonly section: string;
  readonly sectionTitle: string;
  readonly level: Level;
  /** The requirement, in one sentence. */
  readonly says: string;
  /** Ids of the catalogue rows that the rule covers. */
  readonly covers: readonly string[];
  readonly verdict: Verdict;
  /** Whether this verdict alone turns the run red (a failed *should* does so only with `--strict`). */
  readonly unexpected: boolean;
  /** Milliseconds. */
  readonly duration: number;
  /** What had to be seen, and what was seen; absent where nothing was compared. */
  readonly expected?: string;
  readonly observed?: string;
  /** Why the rule is untested, broken or not run. */
  readonly reason?: string;
  readonly exhibits: readonly Exhibit[];
  readonly deviation?: KnownDeviation;
  readonly symptoms: readonly Symptom[];
  /** Figures that the rule measured, such as messages sent, seen and verified. */
  readonly figures: Readonly<Record<string, number>>;
  /** Where the rule's packets are in the evidence: the number of the first (from 1, as Wireshark counts) and how many. */
  readonly packets?: { readonly first: number; readonly count: number };
}

/** What was tested, and with what. Every difference between two runs that could explain a difference of verdicts. */
export interface Machine {
  readonly system: string;
  /** Name and version of the operating system build, such as `Debian GNU/Linux 12 (bookworm)`. */
  readonly build: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly libc: string;
  readonly privileges: string;
  readonly lab: string;
  /** Offloads of the laboratory's interface that were on, such as `tx-checksumming`. */
  readonly offloads: readonly string[];
  readonly node: string;
  readonly libpcap: string;
}

/** An entry of the suite's table of contents. */
export interface SectionEntry {
  readonly document: string;
  readonly section: string;
  readonly title: string;
  /** Why the section has no rules; absent where it has some. */
  readonly without?: string;
}

export interface Report {
  readonly schema: typeof SCHEMA;
  readonly suite: {
    readonly version: string;
    /** SHA-256 of `suites/requirements.json`. */
    readonly catalogue: string;
  };
  readonly machine: Machine;
  readonly run: {
    readonly selectors: readonly string[];
    readonly seed: number;
    readonly strict: boolean;
    /** Ids of the defects that were seeded on purpose; empty in an ordinary run. */
    readonly defects: readonly string[];
    /** ISO 8601, UTC. */
    readonly started: string;
    /** Absent while the run goes on, and for ever if it died. */
    readonly finished?: string;
    /** Why the run ended early, such as `SIGINT`. */
    readonly interrupted?: string;
    readonly exitCode?: number;
  };
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Every section of the suite in its order, also those without rules, so that a reader sees what is not covered. */
  readonly sections?: readonly SectionEntry[];
  /** The evidence: a pcapng file beside the record. */
  readonly packets?: { readonly file: string; readonly count: number; readonly sha256: string };
  readonly rules: readonly RuleResult[];
  /** What `seal` put there when the run finished: a record that was edited afterwards no longer agrees with it. */
  readonly seal?: string;
}
