import { count } from './counts';
import type { Evidence } from './evidence';
import { cameToItsEnd, isUnknown } from './headline';
import { type Report, VERDICTS } from './report';
import { sealOf } from './seal';
import { oneLine, plural } from './text';

/** What is wrong with a record. `incomplete`: it is honest, and not whole; `wrong`: it cannot have been written so by a run. */
export interface Fault {
  readonly kind: 'incomplete' | 'wrong';
  /** One sentence. */
  readonly text: string;
}

/** What the record is compared with. */
export interface Ground {
  /** The evidence beside the record, or in one sentence why it cannot be read; absent where the record names none. */
  readonly evidence?: Evidence | string;
  /** The version of the suite at hand and the hash of its catalogue. */
  readonly suite?: { readonly version: string; readonly catalogue: string };
}

/** Everything that is wrong with a record which its schema already allows; empty for one that can be relied on. */
export function verify(report: Report, ground: Ground): Fault[] {
  return [
    ...sealFaults(report),
    ...countFaults(report),
    ...ruleFaults(report),
    ...completenessFaults(report),
    ...exitCodeFaults(report),
    ...catalogueFaults(report, ground),
    ...evidenceFaults(report, ground),
  ];
}

function wrong(text: string): Fault {
  return { kind: 'wrong', text };
}

function incomplete(text: string): Fault {
  return { kind: 'incomplete', text };
}

function sealFaults(report: Report): Fault[] {
  if (report.seal === undefined) {
    // A record that is still being written, or whose run died, is told by its missing end.
    return report.run.finished === undefined ? [] : [wrong('It has no seal, though its run finished.')];
  }
  return report.seal === sealOf(report) ? [] : [wrong('It was edited: its seal belongs to other contents.')];
}

function countFaults({ counts, rules }: Report): Fault[] {
  const found = count(rules);
  return VERDICTS.filter((verdict) => counts[verdict] !== found[verdict]).map((verdict) =>
    wrong(
      `It counts ${String(counts[verdict])} ${verdict}, and lists ${plural(found[verdict], 'such rule')}.`,
    ),
  );
}

function ruleFaults({ rules, run }: Report): Fault[] {
  return rules.flatMap((rule) => {
    const { id, verdict, unexpected, level, section, reason, deviation } = rule;
    const demanded = level === 'must' || (level === 'should' && run.strict) || deviation !== undefined;
    return [
      ...(id.startsWith(`${section}.`) ? [] : [wrong(`${id} is not in section ${oneLine(section, 60)}.`)]),
      ...(unexpected === (verdict === 'fixed' || (verdict === 'fail' && demanded))
        ? []
        : [wrong(`${id} is ${unexpected ? '' : 'not '}marked as unexpected, with the verdict ${verdict}.`)]),
      ...((verdict === 'known' || verdict === 'fixed') && deviation === undefined
        ? [wrong(`${id} is ${verdict}, and names no deviation.`)]
        : []),
      ...((verdict === 'untested' || verdict === 'broken') && (reason ?? '') === ''
        ? [wrong(`${id} is ${verdict}, and says no reason.`)]
        : []),
    ];
  });
}

function completenessFaults({ run, rules, counts }: Report): Fault[] {
  return [
    ...(rules.length === 0 ? [incomplete('It holds no rule.')] : []),
    ...(run.finished === undefined ? [incomplete('Its run did not finish.')] : []),
    ...(run.interrupted === undefined
      ? []
      : [incomplete(`Its run was interrupted: ${oneLine(run.interrupted, 200)}.`)]),
    ...(['not run', 'untested', 'broken'] as const)
      .filter((verdict) => counts[verdict] > 0)
      .map((verdict) => incomplete(`${plural(counts[verdict], 'rule')} ${verdict}.`)),
    ...((run.finished ?? run.started) < run.started ? [wrong('It ended before it began.')] : []),
  ];
}

/** Codes that the rules alone decide; an interruption (130) and an error in the suite itself (70) they do not tell. */
function exitCodeFaults(report: Report): Fault[] {
  const { run, rules } = report;
  const { exitCode } = run;
  if (!cameToItsEnd(report) || exitCode === 70) return [];
  const unexpected = rules.some((rule) => rule.unexpected);
  const right = unexpected ? 1 : rules.some(({ verdict }) => isUnknown(verdict)) ? 3 : 0;
  if (exitCode === right) return [];
  const given = exitCode === undefined ? 'no exit code' : `exit code ${String(exitCode)}`;
  return [wrong(`It has ${given}, and its rules give ${String(right)}.`)];
}

function catalogueFaults({ suite }: Report, { suite: own }: Ground): Fault[] {
  if (own?.version !== suite.version || own.catalogue === suite.catalogue) return [];
  return [
    wrong(
      `It was made with another catalogue than version ${oneLine(suite.version, 60)} of the suite has here.`,
    ),
  ];
}

function evidenceFaults({ packets, rules, run }: Report, { evidence }: Ground): Fault[] {
  if (packets === undefined) {
    return run.finished !== undefined && rules.some((rule) => (rule.packets?.count ?? 0) > 0)
      ? [incomplete('Its rules have packets, and it names no evidence.')]
      : [];
  }
  if (evidence === undefined) return [incomplete('Its evidence was not looked at.')];
  if (typeof evidence === 'string') return [incomplete(oneLine(evidence, 500))];
  const name = oneLine(packets.file, 200);
  return [
    ...(evidence.sha256 === packets.sha256
      ? []
      : [wrong(`${name} is not the evidence of this run: its hash differs.`)]),
    ...(evidence.count === packets.count
      ? []
      : [
          wrong(
            `${name} holds ${plural(evidence.count, 'packet')}, and the record says ${packets.count.toLocaleString('en-US')}.`,
          ),
        ]),
    ...excerptFaults(rules, evidence),
  ];
}

/** One packet that is lost moves all that follow, so only the first rule is named. */
function excerptFaults(rules: Report['rules'], evidence: Evidence): Fault[] {
  const [first, ...others] = rules.filter((rule) => isAstray(rule, evidence));
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `, nor those of ${plural(others.length, 'more rule')} to them`;
  return [wrong(`Not all packets that the record gives to ${first.id} belong to it${more}.`)];
}

/** The first and the last packet of a rule carry its id: if they do, nothing between them can be another's. */
function isAstray({ id, packets }: Report['rules'][number], evidence: Evidence): boolean {
  if (packets === undefined || packets.count === 0) return false;
  const ends = [packets.first, packets.first + packets.count - 1];
  return !ends.every((number) => evidence.packet(number)?.comment === id);
}
