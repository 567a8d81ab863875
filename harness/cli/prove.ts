import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { colour } from './colour';
import { defects } from '../defects';
import type { Defect } from '../defects/defect';
import { exceptions } from '../defects/exceptions';
import { LabError, SyscallError } from '../errors';
import { writeAtomically } from '../../reports/write';
import { currentPlatform } from '../platform/current';
import { select } from '../rules/selection';
import { EXIT } from '../rules/verdict';
import { prove, type Proof, type ProofRun } from '../run/prove';
import { defectsOf } from './defects';
import { writable } from './output';
import { loadSuite, ROOT } from '../run/suite';

export interface ProveOptions {
  readonly defect: readonly string[];
  readonly seed: number;
  readonly output: string;
  readonly json: boolean;
}

export const PROOF_NAME = 'proof.json';

/** Below this many defects a second process costs more than it saves. */
const WORTH_A_PROCESS = 8;

/**
 * Runs the rules clean and under each defect, writes the kill matrix, and prints what is wrong with it. Exit code 1 where
 * something is.
 * @throws UsageError, SelectionError before anything has run
 */
export async function proveSuite(
  selectors: readonly string[],
  options: ProveOptions,
  out: (text: string) => void,
): Promise<number> {
  const suite = loadSuite();
  const rules = select(suite.rules, selectors).filter(({ slow }) => slow !== true);
  const chosen = options.defect.length === 0 ? defects : defectsOf(options.defect);
  const platform = currentPlatform();
  platform.enterPrivileged();
  const { seed } = options;
  try {
    const parts = options.json || chosen.length < WORTH_A_PROCESS ? 1 : Math.min(availableParallelism(), 4);
    const shares = Array.from({ length: parts }, (_, part) =>
      chosen.filter((_defect, index) => index % parts === part),
    );
    const [first = [], ...others] = shares;
    const inOthers = others.map((share) => inAnotherProcess(share, selectors, seed));
    const found = await Promise.all([prove(platform, rules, first, seed), ...inOthers]);
    const printed = together(chosen, found);
    const whole = selectors.length === 0 && options.defect.length === 0;
    const faults = [
      ...printed.proofs.flatMap(faultsOf),
      ...printed.unseen.map((change) => `not seen: ${change}`),
      ...(whole ? holesOf(printed) : []),
    ];
    if (options.json) {
      out(`${JSON.stringify(printed)}\n`);
    } else {
      for (const proof of printed.proofs) out(lineOf(proof));
      for (const fault of faults) out(`${colour.red('error')}  ${fault}\n`);
      out(`\n${conclusion(printed, faults)}\n`);
      out(`${write(printed, faults, options)}\n`);
    }
    return faults.length === 0 ? EXIT.expected : EXIT.unexpected;
  } catch (error) {
    if (!(error instanceof LabError) && !(error instanceof SyscallError)) throw error;
    out(`${error.message}\n`);
    return EXIT.incomplete;
  }
}

/** What the parts of a proof found, in the order of the defects. */
function together(chosen: readonly Defect[], parts: readonly ProofRun[]): ProofRun {
  const proofs = parts.flatMap((part) => part.proofs);
  return {
    clean: Object.assign({}, ...parts.map(({ clean }) => clean)) as ProofRun['clean'],
    proofs: chosen.flatMap(({ id }) => proofs.filter(({ defect }) => defect === id)),
    unseen: parts[0]?.unseen ?? [],
  };
}

/** A share of the defects, in a process and with a laboratory of its own. */
async function inAnotherProcess(
  share: readonly Defect[],
  selectors: readonly string[],
  seed: number,
): Promise<ProofRun> {
  const ids = share.flatMap(({ id }) => ['--defect', id]);
  const args = ['prove', ...selectors, '--seed', String(seed), '--json', ...ids];
  const child = spawn(process.execPath, [join(ROOT, 'harness/rfc3542.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...how: [number | null, string | null]) => {
      resolve(how);
    }),
  );
  try {
    return JSON.parse(text) as ProofRun;
  } catch {
    throw new LabError(
      `Cannot prove the suite: a part of it ended with ${signal ?? `exit code ${String(code)}`}. ${text.trim()}`,
    );
  }
}

/** Rule × defect, as the lists of each defect: what is in none of them was not affected. */
function write(printed: ProofRun, faults: readonly string[], { seed, output }: ProveOptions): string {
  const folder = writable(output);
  const path = join(folder, PROOF_NAME);
  const described = printed.proofs.map((proof) => {
    const defect = defects.find(({ id }) => id === proof.defect);
    return { ...proof, says: defect?.says, shipped: defect?.shipped };
  });
  const proof = {
    schema: 'rfc3542-proof/1',
    machine: currentPlatform().machine(),
    seed,
    ...printed,
    proofs: described,
    faults,
  };
  writeAtomically(path, `${JSON.stringify(proof, null, 1)}\n`);
  return relative('.', path);
}

function lineOf({ defect, killed, survived, collateral, broken }: Proof): string {
  const wrong = survived.length + collateral.length + broken.length;
  return `${wrong === 0 ? colour.green('ok ') : colour.red('no ')} ${defect.padEnd(48)} killed ${String(killed.length)}\n`;
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
function holesOf({ clean, proofs }: ProofRun): string[] {
  const killed = new Set(proofs.flatMap((proof) => proof.killed));
  return Object.entries(clean)
    .filter(([rule, kind]) => kind !== 'fail' && !killed.has(rule) && !(rule in exceptions))
    .map(([rule]) => `no defect kills ${rule}`);
}

function conclusion({ clean, proofs }: ProofRun, faults: readonly string[]): string {
  const killed = new Set(proofs.flatMap((proof) => proof.killed)).size;
  const failing = Object.values(clean).filter((kind) => kind === 'fail').length;
  const figures =
    `${String(proofs.length)} defects, ${String(Object.keys(clean).length)} rules: ` +
    `${String(killed)} killed, ${String(failing)} fail on this host as it is`;
  return faults.length === 0
    ? colour.green(`PROVED: ${figures}`)
    : colour.red(`NOT PROVED: ${figures}, ${String(faults.length)} errors`);
}
