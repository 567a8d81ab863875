import { seed } from '../defects/seed';
import { LabError, SyscallError } from '../errors';
import { NEEDS, type Capabilities } from '../lab/needs';
import { openLaboratory, type OpenLaboratory } from '../lab/open';
import { currentPlatform, tryGround } from '../platform/current';
import { levelOf } from '../rules/catalogue';
import { explain } from '../rules/explain';
import type { PlacedRule } from '../rules/rule';
import { runRule, type Surroundings } from '../rules/runner';
import { judge, type Expectations } from '../rules/verdict';
import type { Session } from './session';
import type { Suite } from './suite';

/** The rules of a run as jest's tests. */
export interface Conformance {
  readonly sections: readonly {
    readonly title: string;
    /** `run` throws what a reader needs when the verdict is not as expected. */
    readonly tests: readonly { readonly id: string; readonly run: () => Promise<void> }[];
  }[];
  /** Before the first test. */
  readonly open: () => Promise<void>;
  /** After the last. */
  readonly close: () => void;
}

export function conformanceOf(session: Session, suite: Suite): Conformance {
  const platform = currentPlatform();
  const { kernel, libc } = platform.machine();
  const expectations: Expectations = {
    deviations: suite.deviations,
    build: { platform: platform.name, kernel, libc },
    strict: false,
  };
  const rules = suite.rules.filter(({ id, onlyWith }) => session.selected?.has(id) ?? onlyWith === undefined);
  let surroundings: Surroundings;
  let close = (): void => undefined;

  async function run(rule: PlacedRule): Promise<void> {
    const outcome = await runRule(rule, surroundings);
    session.finished(rule.id, outcome);
    const level = levelOf(suite.catalogue, rule);
    const { verdict, unexpected } = judge({ id: rule.id, level }, outcome.finding, expectations);
    // Nothing reads as green that was not tested.
    if (unexpected || verdict === 'broken' || verdict === 'untested') {
      throw new Error(explain({ id: rule.id, says: rule.says, level }, verdict, outcome.finding).join('\n'));
    }
  }

  return {
    sections: suite.sections.flatMap((section) => {
      const tests = rules
        .filter((rule) => rule.section === section)
        .map((rule) => ({ id: rule.id, run: () => run(rule) }));
      return tests.length === 0 ? [] : [{ title: `${section.id} ${section.title}`, tests }];
    }),
    open: async () => {
      ({ surroundings, close } = await open(session, rules));
    },
    close: () => {
      close();
    },
  };
}

async function open(
  session: Session,
  rules: readonly PlacedRule[],
): Promise<{ surroundings: Surroundings; close: () => void }> {
  const platform = currentPlatform();
  const common = { evidence: session.evidence };
  const without = (reason: string): { surroundings: Surroundings; close: () => void } => {
    session.ready({ offloads: [], capabilities: undefined });
    return {
      surroundings: { laboratory: reason, capabilities: allCapable, ...common },
      close: () => undefined,
    };
  };
  const ground = tryGround(platform, session.lab ?? platform.usualLab);
  if (typeof ground === 'string') return without(ground);
  let laboratory: OpenLaboratory;
  try {
    laboratory = await openLaboratory(ground, { seed: session.seed, evidence: session.evidence });
    const questions = rules.flatMap(({ asks = [] }) => asks);
    laboratory.meet(seed(ground, session.defects, questions).software);
  } catch (error) {
    ground.close();
    if (error instanceof LabError || error instanceof SyscallError) return without(error.message);
    throw error;
  }
  const capabilities = platform.capabilities(ground);
  session.ready({ offloads: ground.offloads, capabilities });
  return {
    surroundings: { laboratory, capabilities, ...common },
    close: () => {
      laboratory.close();
    },
  };
}

/** Without a laboratory its absence is the reason, not any single need. */
const allCapable = Object.fromEntries(Object.keys(NEEDS).map((need) => [need, true])) as Capabilities;
