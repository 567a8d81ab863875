import type { PlacedRule } from '../rules/rule';
import type { Proof, ProofRun } from './prove';

type Exceptions = Readonly<Record<string, string>>;

/** What is wrong with a proof: each an error of the suite, named. `whole`: it was made with every rule and every defect. */
export function faultsOf(
  { clean, proofs, changes, unseen }: ProofRun,
  exceptions: Exceptions,
  whole: boolean,
): string[] {
  const broken = Object.keys(clean).filter((rule) => clean[rule] === 'broken');
  return [
    ...broken.map((rule) => `${rule} is broken on the host as it is`),
    ...proofs.flatMap(faultsUnder),
    ...unseen.map((change) => `not seen: ${change}`),
    ...(whole && changes === 0 ? ['no random change was made'] : []),
    ...(whole
      ? proofs.filter(({ killed }) => killed.length === 0).map(({ defect }) => `${defect} kills nothing`)
      : []),
    ...(whole ? holes({ clean, proofs }, exceptions) : []),
  ];
}

function faultsUnder({ defect, survived, collateral, broken }: Proof): string[] {
  return [
    ...survived.map((rule) => `${rule} survives ${defect}`),
    ...collateral.map((rule) => `${rule} goes red under ${defect}, which has nothing to do with it`),
    ...broken.map(
      ({ rule, reason }) =>
        `${rule} is broken under ${defect} instead of failing: ${reason.split('\n', 1).join()}`,
    ),
  ];
}

function holes({ clean, proofs }: Pick<ProofRun, 'clean' | 'proofs'>, exceptions: Exceptions): string[] {
  const killed = killedBy(proofs);
  const open = Object.keys(clean).filter(
    (rule) => !seenToFail(clean, killed, rule) && clean[rule] !== 'untested',
  );
  return [
    ...open.filter((rule) => !(rule in exceptions)).map((rule) => `no defect kills ${rule}`),
    ...Object.keys(exceptions)
      .filter((rule) => !open.includes(rule))
      .map((rule) => `${rule} is an exception, and need not be one`),
  ];
}

function killedBy(proofs: readonly Proof[]): ReadonlySet<string> {
  return new Set(proofs.flatMap((proof) => proof.killed));
}

/** A rule that fails on this very host has been seen to fail too. */
function seenToFail(clean: ProofRun['clean'], killed: ReadonlySet<string>, rule: string): boolean {
  return killed.has(rule) || clean[rule] === 'fail';
}

/** The matrix in short: for each section how many rules it has, how many were seen to fail, by how many defects, how often. */
export function inShort({ clean, proofs }: ProofRun, rules: readonly PlacedRule[]): string {
  const killed = killedBy(proofs);
  const sections = [...new Set(rules.map(({ section }) => section.id))];
  const rows = sections.map((id): readonly [string, ...number[]] => {
    const own = rules.filter(({ section }) => section.id === id).map((rule) => rule.id);
    const kills = proofs.map((proof) => own.filter((rule) => proof.killed.includes(rule)).length);
    return [
      id,
      own.length,
      own.filter((rule) => seenToFail(clean, killed, rule)).length,
      kills.filter((count) => count > 0).length,
      kills.reduce((sum, count) => sum + count, 0),
    ];
  });
  const total = [1, 2, 4].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  const table = [
    ['section', 'rules', 'seen to fail', 'defects', 'kills'],
    ...rows,
    ['all', total[0], total[1], proofs.length, total[2]],
  ];
  return table
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? String(cell).padEnd(24) : String(cell).padStart(14)))
        .join(''),
    )
    .join('\n');
}
