import { Violation } from '../errors';
import type { Answer, Question } from '../lab/headers';
import type { Rule } from './rule';

/** What C expressions must come to: `NOT_DEFINED` for one that must not compile. */
export type Expressions = Readonly<Record<string, Answer>>;

/** A rule about what a program finds in a header of the system: every expression has its value. */
export function headerRule({
  header,
  defines,
  ...rule
}: Pick<Rule, 'id' | 'says' | 'covers'> & {
  readonly header: string;
  readonly defines: Expressions;
}): Rule {
  const asks = Object.keys(defines).map((expression): Question => ({ header, expression }));
  return {
    ...rule,
    needs: ['c-compiler'],
    asks,
    check: ({ headers }) => {
      const answers = asks.map((question) => [question.expression, headers.answer(question)] as const);
      const wrong = answers.filter(([expression, answer]) => answer !== defines[expression]);
      if (wrong.length === 0) return;
      throw new Violation(
        wrong.map(([expression]) => say(expression, defines[expression])).join(', '),
        wrong.map(([expression, answer]) => say(expression, answer)).join(', '),
      );
    },
  };
}

/** What a rule that the RFC leaves open asks a header: the answers in words. */
export function headerObservation({
  header,
  expressions,
  ...rule
}: Pick<Rule, 'id' | 'says' | 'covers'> & {
  readonly header: string;
  readonly expressions: readonly string[];
}): Rule {
  const asks = expressions.map((expression): Question => ({ header, expression }));
  return {
    ...rule,
    needs: ['c-compiler'],
    asks,
    check: ({ headers }) =>
      asks.map((question) => say(question.expression, headers.answer(question))).join(', '),
  };
}

/** A structure: its size, and the offset and size in bytes of each member that the RFC names. */
export function structure(
  type: string,
  size: number,
  members: Readonly<Record<string, readonly [offset: number, size: number]>>,
): Expressions {
  const entries = Object.entries(members).flatMap(([member, [offset, length]]) => [
    [`offsetof(${type}, ${member})`, offset] as const,
    [`sizeof(((${type} *) 0)->${member})`, length] as const,
  ]);
  return { [`sizeof(${type})`]: size, ...Object.fromEntries(entries) };
}

/** Where the header, type, code and checksum of an ICMPv6 message are, under the prefix that the RFC gives its structure. */
export function messageMembers(
  prefix: string,
  header: string,
): Readonly<Record<string, readonly [offset: number, size: number]>> {
  return {
    [`${prefix}_${header}`]: [0, 8],
    [`${prefix}_type`]: [0, 1],
    [`${prefix}_code`]: [1, 1],
    [`${prefix}_cksum`]: [2, 2],
  };
}

/** A function of exactly this type, such as `int (void *, socklen_t)`: the compiler compares (GCC, Clang). */
export function prototype(name: string, type: string): Expressions {
  return { [`__builtin_types_compatible_p(__typeof__(${name}), ${type})`]: 1 };
}

/** A statement expression is shown by what it comes to: its statements only prepare that. */
function say(expression: string, answer: Answer | undefined): string {
  const value = /;\s*([^;{}]+);\s*\}\)$/.exec(expression)?.[1] ?? expression;
  return `${value} is ${String(answer)}`;
}
