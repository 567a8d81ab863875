import pc from 'picocolors';
import { closest } from 'fastest-levenshtein';
import { defects } from '../defects';
import { exceptions } from '../defects/exceptions';
import { LabError, SyscallError } from '../errors';
import { currentPlatform } from '../platform/current';
import { select } from '../rules/selection';
import { EXIT } from '../rules/verdict';
import { prove, type Findings, type Proof } from '../run/prove';
import { loadSuite } from './suite';
import { UsageError } from './usage';

export interface ProveOptions {
  readonly defect: readonly string[];
  readonly seed: number;
  readonly json: boolean;
}

/**
 * Runs the rules clean and under each defect, prints the kill matrix and what is wrong with it. Exit code 1 where something
 * is.
 */
export async function proveSuite(
  selectors: readonly string[],
  options: ProveOptions,
  out: (text: string) => void,
): Promise<number> {
  const suite = loadSuite();
  const rules = select(suite.rules, selectors).filter(({ slow }) => slow !== true);
  const chosen = defectsOf(options.defect);
  const platform = currentPlatform();
  platform.enterPrivileged();
  try {
    const { clean, proofs, unseen } = await prove(platform, rules, chosen, options.seed, (proof) => {
      if (!options.json) out(lineOf(proof));
    });
    const whole = selectors.length === 0 && options.defect.length === 0;
    const faults = [
      ...proofs.flatMap(faultsOf),
      ...unseen.map((change) => `not seen: ${change}`),
      ...(whole ? holesOf(clean, proofs) : []),
    ];
    if (options.json) out(`${JSON.stringify({ proofs, faults }, null, 2)}\n`);
    else for (const fault of faults) out(`${pc.red('error')}  ${fault}\n`);
    if (!options.json) out(`\n${conclusion(clean, proofs, faults)}\n`);
    return faults.length === 0 ? EXIT.expected : EXIT.unexpected;
  } catch (error) {
    if (!(error instanceof LabError) && !(error instanceof SyscallError)) throw error;
    out(`${error.message}\n`);
    return EXIT.incomplete;
  }
}

function defectsOf(ids: readonly string[]): typeof defects {
  const unknown = ids.find((id) => !defects.some((defect) => defect.id === id));
  if (unknown !== undefined) {
    const nearest = closest(
      unknown,
      defects.map(({ id }) => id),
    );
    throw new UsageError(`There is no defect ${JSON.stringify(unknown)}. Did you mean ${nearest}?`);
  }
  return ids.length === 0 ? defects : defects.filter(({ id }) => ids.includes(id));
}

function lineOf({ defect, killed, survived, collateral, broken }: Proof): string {
  const wrong = survived.length + collateral.length + broken.length;
  return `${wrong === 0 ? pc.green('ok ') : pc.red('no ')} ${defect.padEnd(48)} killed ${String(killed.length)}\n`;
}

/** Each an error of the suite, named. */
function faultsOf({ defect, killed, survived, collateral, broken }: Proof): string[] {
  return [
    ...(killed.length === 0 ? [`${defect} kills nothing`] : []),
    ...survived.map((rule) => `${rule} survives ${defect}`),
    ...collateral.map((rule) => `${rule} goes red under ${defect}, which has nothing to do with it`),
    ...broken.map(
      ({ rule, reason }) =>
        `${rule} is broken under ${defect} instead of failing: ${reason.split('\n', 1).join()}`,
    ),
  ];
}

/** Rules that nothing has turned red. One that fails on this very host has been seen to. */
function holesOf(clean: Findings, proofs: readonly Proof[]): string[] {
  const killed = new Set(proofs.flatMap((proof) => proof.killed));
  return [...clean]
    .filter(([rule, finding]) => finding.kind !== 'fail' && !killed.has(rule) && !(rule in exceptions))
    .map(([rule]) => `no defect kills ${rule}`);
}

function conclusion(clean: Findings, proofs: readonly Proof[], faults: readonly string[]): string {
  const killed = new Set(proofs.flatMap((proof) => proof.killed)).size;
  const figures = `${String(proofs.length)} defects, ${String(killed)} of ${String(clean.size)} rules killed`;
  return faults.length === 0
    ? pc.green(`PROVED: ${figures}`)
    : pc.red(`NOT PROVED: ${figures}, ${String(faults.length)} errors`);
}
