import { defects } from '../defects';
import { seed } from '../defects/seed';
import { noEvidence } from '../lab/evidence';
import { openLaboratory, type OpenLaboratory } from '../lab/open';
import { NEEDS, type Capabilities } from '../lab/needs';
import { LabError, SyscallError } from '../errors';
import { currentPlatform, tryGround } from '../platform/current';
import type { Deviation } from '../rules/deviations';
import { levelOf, readCatalogue } from '../rules/catalogue';
import { placedRules, type PlacedRule, type Section } from '../rules/rule';
import { runRule, type Surroundings } from '../rules/runner';
import { judge } from '../rules/verdict';
import { explain } from '../rules/explain';
import { SESSION, type Session } from './session';

const LIMIT = 120_000;

/** Seeds of runs that nobody else started: always the same, so that a failure comes again. */
const SEED = 3542;

/** Makes every rule one jest test: the entry of the `conformance` project. */
export function conform(
  sections: readonly Section[],
  deviations: readonly Deviation[],
  suites: string,
): void {
  const session = sessionOfThisRun();
  const catalogue = readCatalogue(suites);
  const platform = currentPlatform();
  const build = { platform: platform.name, kernel: platform.machine().kernel };
  const rules = placedRules(sections).filter(({ id }) => session.selected?.has(id) ?? true);
  let surroundings: Surroundings;
  let close = (): void => undefined;

  beforeAll(async () => {
    const opened = await open(session, rules);
    surroundings = opened.surroundings;
    close = opened.close;
  }, LIMIT);
  afterAll(() => {
    close();
  });

  for (const inSection of sections) {
    const own = rules.filter(({ section }) => section === inSection);
    if (own.length === 0) continue;
    describe(`${inSection.id} ${inSection.title}`, () => {
      test.each(own.map((rule) => [rule.id, rule] as const))(
        '%s',
        async (_, rule) => {
          await runAsTest(rule);
        },
        LIMIT,
      );
    });
  }

  async function runAsTest(rule: PlacedRule): Promise<void> {
    const outcome = await runRule(rule, surroundings);
    session.finished(rule.id, outcome);
    const level = levelOf(catalogue, rule);
    const { verdict, unexpected } = judge({ id: rule.id, level }, outcome.finding, {
      deviations,
      build,
      strict: false,
    });
    // Nothing reads as green that was not tested.
    if (unexpected || verdict === 'broken' || verdict === 'untested') {
      throw new Error(explain({ id: rule.id, says: rule.says, level }, verdict, outcome.finding).join('\n'));
    }
  }
}

function sessionOfThisRun(): Session {
  const given = (globalThis as unknown as Readonly<Record<string, Session | undefined>>)[SESSION];
  return (
    given ?? {
      selected: undefined,
      lab: 'link',
      seed: SEED,
      slow: false,
      defects: [],
      evidence: noEvidence,
      ready: () => undefined,
      finished: () => undefined,
    }
  );
}

async function open(
  session: Session,
  rules: readonly PlacedRule[],
): Promise<{ surroundings: Surroundings; close: () => void }> {
  const platform = currentPlatform();
  const common = { evidence: session.evidence, slow: session.slow };
  const without = (reason: string): { surroundings: Surroundings; close: () => void } => {
    session.ready({ offloads: [], capabilities: undefined });
    return {
      surroundings: { laboratory: reason, capabilities: allCapable, ...common },
      close: () => undefined,
    };
  };
  const ground = tryGround(platform, session.lab);
  if (typeof ground === 'string') return without(ground);
  let laboratory: OpenLaboratory;
  try {
    laboratory = await openLaboratory(ground, { seed: session.seed, evidence: session.evidence });
    const seeded = defects.filter(({ id }) => session.defects.includes(id));
    laboratory.meet(
      seed(
        ground,
        seeded,
        rules.flatMap(({ asks = [] }) => asks),
      ),
    );
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
