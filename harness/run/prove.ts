import { ChangingTap, randomChange, type ByteChange } from '../defects/random';
import { seed } from '../defects/seed';
import type { Defect } from '../defects/defect';
import { LabError } from '../errors';
import { noEvidence } from '../lab/evidence';
import type { Ground } from '../lab/ground';
import type { Capabilities } from '../lab/needs';
import { openLaboratory, type OpenLaboratory } from '../lab/open';
import { Random } from '../lab/random';
import type { Platform } from '../platform/current';
import type { Finding } from '../rules/outcome';
import type { PlacedRule } from '../rules/rule';
import { runRule } from '../rules/runner';
import { patternOf } from '../rules/selection';

/** What a defect did to the rules. */
export interface Proof {
  readonly defect: string;
  /** Rules that it was meant to turn red, and did. */
  readonly killed: readonly string[];
  /** Rules that it was meant to turn red, and that did not notice. */
  readonly survived: readonly string[];
  /** Rules that went red although it has nothing to do with them. */
  readonly collateral: readonly string[];
  /** Rules whose laboratory broke under it, with the reason. */
  readonly broken: readonly { readonly rule: string; readonly reason: string }[];
}

/** Findings by rule. */
export type Findings = ReadonlyMap<string, Finding>;

export interface ProofRun {
  /** What the rules found on the host as it is. */
  readonly clean: Findings;
  readonly proofs: readonly Proof[];
  /** Changes of a single random byte that a checksum rule did not see; there must be none. */
  readonly unseen: readonly string[];
}

const RANDOM_CHANGES = 64;
/** The rules that must see any change of a message of 64 bytes: one for each way to send. */
const SEES_ANY_CHANGE = '3.1.*-fills-a-zero-field';
const MESSAGE_BYTES = 64;

/**
 * Runs the rules on the host as it is, and then under each defect. A sweep costs as much as a hundred rules, so it runs only
 * under the defects that are meant for it.
 * @throws LabError, SyscallError without a laboratory
 */
export async function prove(
  platform: Platform,
  rules: readonly PlacedRule[],
  defects: readonly Defect[],
  seedOfRun: number,
  onProof: (proof: Proof) => void = () => undefined,
): Promise<ProofRun> {
  const laboratories = new Laboratories(platform, seedOfRun);
  try {
    const clean = await laboratories.findings(rules, undefined);
    const proofs: Proof[] = [];
    for (const defect of defects) {
      const claimed = claimOf(defect, rules);
      const affected = rules.filter((rule) => rule.sweep !== true || claimed.has(rule.id));
      const proof = compare(defect, claimed, clean, await laboratories.findings(affected, defect));
      proofs.push(proof);
      onProof(proof);
    }
    return { clean, proofs, unseen: await unseenChanges(laboratories, rules, seedOfRun) };
  } finally {
    laboratories.close();
  }
}

async function unseenChanges(
  laboratories: Laboratories,
  rules: readonly PlacedRule[],
  seedOfRun: number,
): Promise<string[]> {
  const checked = rules.filter(({ id }) => patternOf(SEES_ANY_CHANGE).test(id));
  const random = new Random(seedOfRun, 'random changes');
  const unseen: string[] = [];
  for (let round = 0; round < RANDOM_CHANGES; round += 1) {
    const change = randomChange(random, MESSAGE_BYTES);
    for (const [rule, { kind }] of await laboratories.findings(checked, undefined, change)) {
      if (kind !== 'fail')
        unseen.push(`${rule}: byte ${String(change.offset)} changed by ${String(change.bits)}`);
    }
  }
  return unseen;
}

function claimOf(defect: Defect, rules: readonly PlacedRule[]): ReadonlySet<string> {
  const patterns = defect.kills.map(patternOf);
  return new Set(rules.filter(({ id }) => patterns.some((pattern) => pattern.test(id))).map(({ id }) => id));
}

function compare(defect: Defect, claimed: ReadonlySet<string>, clean: Findings, under: Findings): Proof {
  const red = (rule: string): boolean => turnedRed(clean.get(rule), under.get(rule));
  const ran = [...under.keys()];
  const broken = ran.flatMap((rule) => {
    const finding = under.get(rule);
    return finding?.kind === 'broken' ? [{ rule, reason: finding.reason }] : [];
  });
  const isBroken = new Set(broken.map(({ rule }) => rule));
  return {
    defect: defect.id,
    killed: ran.filter((rule) => claimed.has(rule) && red(rule)),
    survived: ran.filter((rule) => claimed.has(rule) && !red(rule) && !isBroken.has(rule)),
    collateral: ran.filter((rule) => !claimed.has(rule) && red(rule)),
    broken,
  };
}

/** A rule has seen a defect when it fails, or fails otherwise than before, or observes something else. */
function turnedRed(clean: Finding | undefined, under: Finding | undefined): boolean {
  if (under?.kind === 'fail') return clean?.kind !== 'fail' || clean.observed !== under.observed;
  if (under?.kind === 'observed') return clean?.kind !== 'observed' || clean.observed !== under.observed;
  return under?.kind === 'pass' && clean?.kind === 'fail';
}

/** One laboratory serves as many defects as it can: a capture cannot be closed, and opening one takes time. */
class Laboratories {
  #ground: Ground | undefined;
  #wire: ChangingTap | undefined;
  #laboratory: OpenLaboratory | undefined;
  #capabilities: Capabilities | undefined;

  constructor(
    private readonly platform: Platform,
    private readonly seed: number,
  ) {}

  async findings(
    rules: readonly PlacedRule[],
    defect: Defect | undefined,
    change?: ByteChange,
  ): Promise<Findings> {
    const { ground, laboratory, capabilities } = await this.open();
    if (this.#wire !== undefined) this.#wire.change = change;
    const questions = rules.flatMap(({ asks = [] }) => asks);
    laboratory.meet(seed(ground, defect === undefined ? [] : [defect], questions));
    const findings = new Map<string, Finding>();
    for (const rule of rules) {
      const surroundings = { laboratory, capabilities, evidence: noEvidence, slow: false };
      findings.set(rule.id, (await runRule(rule, surroundings)).finding);
    }
    if (defect !== undefined) this.mend(ground, defect);
    return findings;
  }

  close(): void {
    this.#laboratory?.close();
    this.#laboratory = undefined;
  }

  /** Rules of nftables and bent calls can be taken back; a host whose settings were changed is given up. */
  private mend(ground: Ground, defect: Defect): void {
    if ('nft' in defect.seed) ground.administration.nft('flush ruleset');
    else if ('settings' in defect.seed || 'ip' in defect.seed) this.close();
  }

  private async open(): Promise<{ ground: Ground; laboratory: OpenLaboratory; capabilities: Capabilities }> {
    if (this.#laboratory === undefined) {
      const ground = this.platform.openGround('link');
      this.#wire = new ChangingTap(ground.wire);
      this.#ground = { ...ground, wire: this.#wire };
      this.#laboratory = await openLaboratory(this.#ground, { seed: this.seed, evidence: noEvidence });
      this.#capabilities = this.platform.capabilities(this.#ground);
    }
    if (this.#ground === undefined || this.#capabilities === undefined)
      throw new LabError('Cannot open a laboratory');
    return { ground: this.#ground, laboratory: this.#laboratory, capabilities: this.#capabilities };
  }
}
