import type { Defect } from '../defects/defect';
import { noEvidence, type Evidence } from '../lab/evidence';
import type { Capabilities } from '../lab/needs';
import type { Lab } from '../platform/current';
import type { Outcome } from '../rules/outcome';

/** What a run asks of the suite, and whom it tells. */
export interface Session {
  /** Ids of the rules that run; the others are not even listed by jest. */
  readonly selected: ReadonlySet<string> | undefined;
  /** Where nobody names one: the platform's usual laboratory. */
  readonly lab: Lab | undefined;
  readonly seed: number;
  /** What is seeded; nothing in an ordinary run. */
  readonly defects: readonly Defect[];
  readonly evidence: Evidence;
  /** Called once the laboratory stands, or cannot. */
  ready(laboratory: {
    readonly offloads: readonly string[];
    readonly capabilities: Capabilities | undefined;
  }): void;
  finished(rule: string, outcome: Outcome): void;
}

/** A run that jest itself started. Its seed is always the same, so that a failure comes again. */
let current: Session = {
  selected: undefined,
  lab: undefined,
  seed: 3542,
  defects: [],
  evidence: noEvidence,
  ready: () => undefined,
  finished: () => undefined,
};

export function startSession(session: Session): void {
  current = session;
}

/** The session of this process. */
export function currentSession(): Session {
  return current;
}
