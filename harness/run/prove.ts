import { randomChange } from '../defects/random';
import type { Defect } from '../defects/defect';
import { Random } from '../lab/random';
import type { Platform } from '../platform/current';
import type { Finding } from '../rules/outcome';
import type { PlacedRule } from '../rules/rule';
import { patternOf } from '../rules/selection';
import { ProvingGround, type Findings } from './proving-ground';

/** What a defect did to the rules. The rules that are in no list were not affected. */
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
  /** How many rules ran on a host with it: all but those that use nothing of what it bends, and the sweeps it is not meant for. */
  readonly ran: number;
}

export interface ProofRun {
  /** What the rules found on the host as it is. */
  readonly clean: Readonly<Record<string, Finding['kind']>>;
  readonly proofs: readonly Proof[];
  /** How many changes of a single random byte the checksum rules were shown. */
  readonly changes: number;
  /** Those that a rule did not see; there must be none. */
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
  seed: number,
): Promise<ProofRun> {
  const claims = new Map(defects.map((defect) => [defect, claimOf(defect, rules)] as const));
  const claimed = new Set([...claims.values()].flatMap((claim) => [...claim]));
  const ground = await ProvingGround.open(platform, rules, seed);
  try {
    const clean = await ground.clean(rules.filter(({ sweep, id }) => sweep !== true || claimed.has(id)));
    const proofs: Proof[] = [];
    for (const [defect, claim] of claims) {
      const meant = rules.filter(({ sweep, id }) => sweep !== true || claim.has(id));
      proofs.push(compare(defect, claim, clean, await ground.under(defect, meant)));
    }
    const kinds = [...clean].map(([rule, { kind }]) => [rule, kind] as const);
    return { clean: Object.fromEntries(kinds), proofs, ...(await randomChanges(ground, rules, seed)) };
  } finally {
    ground.close();
  }
}

/**
 * Shows each rule every change of one byte. There is none that keeps the sum: a byte that changes by less than 256 in either
 * half of a word never changes the one's complement sum by a multiple of 65535.
 */
async function randomChanges(
  ground: ProvingGround,
  rules: readonly PlacedRule[],
  seed: number,
): Promise<Pick<ProofRun, 'changes' | 'unseen'>> {
  const seeing = rules.filter(({ id }) => patternOf(SEES_ANY_CHANGE).test(id));
  const random = new Random(seed, 'random changes');
  const unseen: string[] = [];
  for (let round = 0; round < RANDOM_CHANGES; round += 1) {
    const change = randomChange(random, MESSAGE_BYTES);
    for (const [rule, { kind }] of await ground.changing(change, seeing)) {
      if (kind !== 'fail')
        unseen.push(`${rule}: byte ${String(change.offset)} changed by ${String(change.bits)}`);
    }
  }
  return { changes: RANDOM_CHANGES * seeing.length, unseen };
}

/** The rules that a defect must turn red. A sweep is meant only where it is named in full. */
function claimOf({ kills }: Defect, rules: readonly PlacedRule[]): ReadonlySet<string> {
  const patterns = kills.map(patternOf);
  const meant = rules.filter(({ id, sweep }) =>
    sweep === true ? kills.includes(id) : patterns.some((pattern) => pattern.test(id)),
  );
  return new Set(meant.map(({ id }) => id));
}

function compare(defect: Defect, claim: ReadonlySet<string>, clean: Findings, under: Findings): Proof {
  const red = (rule: string): boolean => turnedRed(clean.get(rule), under.get(rule));
  const ran = [...under.keys()];
  const broken = ran.flatMap((rule) => {
    const finding = under.get(rule);
    return finding?.kind === 'broken' ? [{ rule, reason: finding.reason }] : [];
  });
  const isBroken = new Set(broken.map(({ rule }) => rule));
  return {
    defect: defect.id,
    killed: ran.filter((rule) => claim.has(rule) && red(rule)),
    survived: [...claim].filter(
      (rule) => clean.get(rule)?.kind !== 'untested' && !red(rule) && !isBroken.has(rule),
    ),
    collateral: ran.filter((rule) => !claim.has(rule) && red(rule)),
    broken,
    ran: ran.length,
  };
}

/** A rule has seen a defect when it fails, or fails otherwise than before, or observes something else. */
function turnedRed(clean: Finding | undefined, under: Finding | undefined): boolean {
  if (under?.kind === 'fail') return clean?.kind !== 'fail' || clean.observed !== under.observed;
  if (under?.kind === 'observed') return clean?.kind !== 'observed' || clean.observed !== under.observed;
  return under?.kind === 'pass' && clean?.kind === 'fail';
}
