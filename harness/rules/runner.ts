import { inspect, stripVTControlCharacters } from 'node:util';
import { DecodeError, LabError, SyscallError, Unobservable, Violation } from '../errors';
import type { Evidence } from '../lab/evidence';
import type { Capabilities } from '../lab/needs';
import type { OpenLaboratory } from '../lab/open';
import type { Exhibit, Finding, Outcome } from './outcome';
import type { PlacedRule } from './rule';

/** Longer than any rule takes: only a fault of the laboratory or of the suite comes this far. */
const LIMIT = 60_000;

export interface Surroundings {
  /** Why there is no laboratory, where there is none. */
  readonly laboratory: OpenLaboratory | string;
  readonly capabilities: Capabilities;
  readonly evidence: Evidence;
}

/** Runs one rule. Whatever happens becomes a finding; nothing is thrown. */
export async function runRule(rule: PlacedRule, surroundings: Surroundings): Promise<Outcome> {
  const started = performance.now();
  const figures: Record<string, number> = {};
  surroundings.evidence.begin(rule.id);
  const finding = await find(rule, surroundings, figures);
  return { finding, duration: performance.now() - started, packets: surroundings.evidence.end(), figures };
}

async function find(
  rule: PlacedRule,
  { laboratory, capabilities }: Surroundings,
  figures: Record<string, number>,
): Promise<Finding> {
  const missing = rule.needs.map((need) => capabilities[need]).find((capability) => capability !== true);
  if (missing !== undefined) return { kind: 'untested', reason: missing };
  if (typeof laboratory === 'string') return { kind: 'untested', reason: laboratory };
  try {
    const observed = await withinLimit(
      laboratory.visit(rule.id, figures, async (lab) => await rule.check(lab)),
    );
    return typeof observed === 'string' ? { kind: 'observed', observed } : { kind: 'pass' };
  } catch (error) {
    return findingOf(error);
  }
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new LabError(`Cannot wait longer: the rule did not end in ${String(LIMIT / 1000)} s`));
    }, LIMIT);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** What jest's `expect` attaches to the error that it throws. */
interface AssertionError extends Error {
  readonly matcherResult: {
    readonly expected?: unknown;
    readonly actual?: unknown;
    readonly message: string;
    readonly exhibits?: readonly Exhibit[];
  };
}

/**
 * A failed assertion, a broken promise or a system call that the host refused is a failure of the host. A fault of the
 * laboratory is never blamed on it, and anything else is a fault of the suite.
 */
function findingOf(error: unknown): Finding {
  if (isAssertion(error)) {
    const { expected, actual, message, exhibits = [] } = error.matcherResult;
    const plain = stripVTControlCharacters(message).split('\n');
    return {
      kind: 'fail',
      expected: expected === undefined ? (plain[0] ?? '') : inWords(expected),
      observed: actual === undefined ? plain.slice(1).join(' ').trim() : inWords(actual),
      exhibits,
    };
  }
  if (error instanceof Violation) {
    return { kind: 'fail', expected: error.expected, observed: error.observed, exhibits: [] };
  }
  if (error instanceof SyscallError) {
    return {
      kind: 'fail',
      expected: `${error.call} succeeds`,
      observed: `${error.call} fails with ${error.code}`,
      exhibits: [],
    };
  }
  if (error instanceof Unobservable) return { kind: 'untested', reason: error.message };
  if (error instanceof LabError || error instanceof DecodeError) {
    return { kind: 'broken', reason: error.message, suite: false };
  }
  return {
    kind: 'broken',
    reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    suite: true,
  };
}

function isAssertion(error: unknown): error is AssertionError {
  return error instanceof Error && 'matcherResult' in error && error.matcherResult !== undefined;
}

function inWords(value: unknown): string {
  return typeof value === 'string'
    ? value
    : inspect(value, { breakLength: Infinity, depth: 4, maxArrayLength: 64 });
}
