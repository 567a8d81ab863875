import type { Evidence } from '../lab/evidence';
import type { Capabilities } from '../lab/needs';
import type { Outcome } from '../rules/outcome';

/** What a run asks of the suite, and whom it tells. */
export interface Session {
  /** Ids of the rules that run; the others are not even listed by jest. */
  readonly selected: ReadonlySet<string> | undefined;
  readonly lab: 'link' | 'loopback';
  readonly seed: number;
  readonly slow: boolean;
  /** Ids of the defects that are seeded; none in an ordinary run. */
  readonly defects: readonly string[];
  readonly evidence: Evidence;
  /** Called once the laboratory stands, or cannot. */
  ready(laboratory: {
    readonly offloads: readonly string[];
    readonly capabilities: Capabilities | undefined;
  }): void;
  finished(rule: string, outcome: Outcome): void;
}

/**
 * The session of this process. Jest gives test files globals of their own; the conformance environment hands them this one.
 */
export const SESSION = 'rfc3542 session';

let current: Session | undefined;

export function startSession(session: Session): void {
  current = session;
}

export function currentSession(): Session | undefined {
  return current;
}
