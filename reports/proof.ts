/**
 * The record of one proof: what every seeded defect did to the rules. `proof.schema.json` publishes its shape. It stands beside
 * the record of a run and replaces none: a proof judges the suite, a run judges a system.
 */

export const PROOF_NAME = 'proof.json';
export const PROOF_SCHEMA = 'rfc3542-proof/1';

/** One column of the kill matrix. A rule that is in no list was not affected by the defect. */
export interface DefectProof {
  readonly id: string;
  /** What a host with the defect does wrong. */
  readonly says: string;
  /** The shipped system that had it. */
  readonly shipped?: string;
  /** Rules that it was meant to turn red, and did. */
  readonly killed: readonly string[];
  /** Rules that it was meant to turn red, and that did not notice. */
  readonly survived: readonly string[];
  /** Rules that went red although it has nothing to do with them. */
  readonly collateral: readonly string[];
  /** Rules whose laboratory broke under it, with the reason. */
  readonly broken: readonly { readonly rule: string; readonly reason: string }[];
  /** How many rules ran on a host with it: those that use what it bends. The others do there what they do on any host. */
  readonly ran: number;
}

/** The defects under which each rule was seen to fail. */
export function killersOf({ defects }: Pick<ProofRecord, 'defects'>): ReadonlyMap<string, readonly string[]> {
  const killers = new Map<string, string[]>();
  for (const { id, killed } of defects)
    for (const rule of killed) killers.set(rule, [...(killers.get(rule) ?? []), id]);
  return killers;
}

/** What a rule found on the host as it is. */
export type CleanFinding = 'pass' | 'observed' | 'fail' | 'untested' | 'broken';

export interface ProofRecord {
  readonly schema: typeof PROOF_SCHEMA;
  readonly machine: Readonly<Record<string, string>>;
  readonly seed: number;
  /** The rows of the matrix: every rule, with what it found before any defect was seeded. */
  readonly rules: Readonly<Record<string, CleanFinding>>;
  readonly defects: readonly DefectProof[];
  /** Rules that no defect can turn red, with the reason. */
  readonly exceptions: Readonly<Record<string, string>>;
  /** How many changes of a single random byte on the wire the checksum rules were shown, and which they did not see. */
  readonly changes: number;
  readonly unseen: readonly string[];
  /** What is wrong with the matrix, in words; a proof without faults is complete. */
  readonly faults: readonly string[];
}
