import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { colour } from './colour';
import { defects } from '../defects';
import type { Defect } from '../defects/defect';
import { exceptions } from '../defects/exceptions';
import { LabError, SyscallError } from '../errors';
import { PROOF_NAME, PROOF_SCHEMA, type DefectProof, type ProofRecord } from '../../reports/proof';
import { writeAtomically } from '../../reports/write';
import { currentPlatform } from '../platform/current';
import { select } from '../rules/selection';
import { EXIT } from '../rules/verdict';
import { faultsOf, inShort } from '../run/matrix';
import { prove, type ProofRun } from '../run/prove';
import { defectsOf } from './defects';
import { writable } from './output';
import { loadSuite, ROOT } from '../run/suite';

export interface ProveOptions {
  readonly defect: readonly string[];
  readonly seed: number;
  readonly output: string;
  readonly json: boolean;
}

/** Below this many defects a second process costs more than it saves. */
const WORTH_A_PROCESS = 8;

/**
 * Runs the rules clean and under each defect, writes the kill matrix, and prints it in short with what is wrong with it. Exit
 * code 1 where something is, 3 where rules were not tested.
 * @throws UsageError, SelectionError before anything has run
 */
export async function proveSuite(
  selectors: readonly string[],
  options: ProveOptions,
  out: (text: string) => void,
): Promise<number> {
  const rules = select(loadSuite().rules, selectors).filter(({ onlyWith }) => onlyWith === undefined);
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
    const proof = together(chosen, found);
    if (options.json) {
      out(`${JSON.stringify(proof)}\n`);
      return EXIT.expected;
    }
    const whole = selectors.length === 0 && options.defect.length === 0;
    const faults = faultsOf(proof, exceptions, whole);
    const untested = Object.keys(proof.clean).filter((rule) => proof.clean[rule] === 'untested');
    out(`${inShort(proof, rules)}\n\n`);
    for (const fault of faults) out(`${colour.red('error')}  ${fault}\n`);
    for (const rule of untested) out(`${colour.yellow('untested')}  ${rule}\n`);
    out(`${conclusion(proof, faults, untested)}\n${write(proof, faults, options)}\n`);
    if (faults.length > 0) return EXIT.unexpected;
    return untested.length > 0 ? EXIT.incomplete : EXIT.expected;
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
    changes: parts[0]?.changes ?? 0,
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

function write(
  { clean, proofs, changes, unseen }: ProofRun,
  faults: readonly string[],
  options: ProveOptions,
): string {
  const path = join(writable(options.output), PROOF_NAME);
  const record: ProofRecord = {
    schema: PROOF_SCHEMA,
    machine: { ...currentPlatform().machine() },
    seed: options.seed,
    rules: clean,
    defects: proofs.map(({ defect, ...proof }) => ({ id: defect, ...described(defect), ...proof })),
    exceptions,
    changes,
    unseen,
    faults,
  };
  writeAtomically(path, `${JSON.stringify(record, null, 1)}\n`);
  return relative('.', path);
}

function described(id: string): Pick<DefectProof, 'says' | 'shipped'> {
  const { says = '', shipped } = defects.find((defect) => defect.id === id) ?? {};
  return { says, ...(shipped === undefined ? {} : { shipped }) };
}

function conclusion(
  { clean, proofs }: ProofRun,
  faults: readonly string[],
  untested: readonly string[],
): string {
  const killed = new Set(proofs.flatMap((proof) => proof.killed)).size;
  const figures = `${String(killed)} of ${String(Object.keys(clean).length)} rules killed by ${String(proofs.length)} defects`;
  if (faults.length > 0) return colour.red(`NOT PROVED: ${figures}, ${String(faults.length)} errors`);
  if (untested.length > 0)
    return colour.yellow(`INCOMPLETE: ${figures}, ${String(untested.length)} untested`);
  return colour.green(`PROVED: ${figures}`);
}
