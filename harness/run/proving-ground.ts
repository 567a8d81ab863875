import type { Defect } from '../defects/defect';
import { ChangingTap, type ByteChange } from '../defects/random';
import { seed } from '../defects/seed';
import { meets, nothingTouched, watched, type Touched } from '../defects/touched';
import { noEvidence } from '../lab/evidence';
import type { Ground } from '../lab/ground';
import type { Question } from '../lab/headers';
import type { Capabilities } from '../lab/needs';
import { openLaboratory, type OpenLaboratory } from '../lab/open';
import type { Platform } from '../platform/current';
import type { Finding } from '../rules/outcome';
import type { PlacedRule } from '../rules/rule';
import { runRule } from '../rules/runner';

/** Findings by rule. */
export type Findings = ReadonlyMap<string, Finding>;

/** One laboratory that serves every defect: what was done to its host is taken back each time. */
export class ProvingGround {
  /** What each rule used on the host as it is. */
  readonly #touched = new Map<string, Touched>();

  private constructor(
    private readonly ground: Ground,
    private readonly wire: ChangingTap,
    private readonly laboratory: OpenLaboratory,
    private readonly capabilities: Capabilities,
    private readonly questions: readonly Question[],
  ) {}

  /** @throws LabError, SyscallError without a laboratory */
  static async open(
    platform: Platform,
    rules: readonly PlacedRule[],
    seedOfRun: number,
  ): Promise<ProvingGround> {
    const own = platform.openGround('link');
    const wire = new ChangingTap(own.wire);
    const ground = { ...own, wire };
    const laboratory = await openLaboratory(ground, { seed: seedOfRun, evidence: noEvidence });
    const questions = rules.flatMap(({ asks = [] }) => asks);
    return new ProvingGround(ground, wire, laboratory, platform.capabilities(ground), questions);
  }

  /** What the rules find on the host as it is. */
  async clean(rules: readonly PlacedRule[]): Promise<Findings> {
    let touched = nothingTouched();
    const { software } = seed(this.ground, [], this.questions);
    this.laboratory.meet(watched(software, () => touched));
    return this.findings(rules, ({ id }) => {
      touched = nothingTouched();
      this.#touched.set(id, touched);
    });
  }

  /** What those of the rules find that can meet the defect; they have run on the host as it is. */
  async under(defect: Defect, rules: readonly PlacedRule[]): Promise<Findings> {
    const meeting = rules.filter(({ id }) => {
      const touched = this.#touched.get(id);
      return touched === undefined || meets(defect, this.ground, touched);
    });
    const asked = meeting.flatMap(({ asks = [] }) => asks);
    const { software, mend } = seed(this.ground, [defect], 'headers' in defect.seed ? asked : this.questions);
    this.laboratory.meet(software);
    // A path MTU that a rule learned before the defect would hide it.
    this.ground.administration.forgetPaths();
    try {
      return await this.findings(meeting);
    } finally {
      mend();
    }
  }

  /** What the rules find while a byte of each message is changed on its way. */
  async changing(change: ByteChange, rules: readonly PlacedRule[]): Promise<Findings> {
    this.laboratory.meet(seed(this.ground, [], this.questions).software);
    this.wire.change = change;
    try {
      return await this.findings(rules);
    } finally {
      this.wire.change = undefined;
    }
  }

  close(): void {
    this.laboratory.close();
  }

  private async findings(
    rules: readonly PlacedRule[],
    before: (rule: PlacedRule) => void = () => undefined,
  ): Promise<Findings> {
    const { laboratory, capabilities } = this;
    const findings = new Map<string, Finding>();
    for (const rule of rules) {
      before(rule);
      const outcome = await runRule(rule, { laboratory, capabilities, evidence: noEvidence });
      findings.set(rule.id, outcome.finding);
    }
    return findings;
  }
}
