import { closest } from 'fastest-levenshtein';
import { OPT_INS, type OptIn, type PlacedRule } from './rule';

/** A selector that selects nothing, which is a mistake of the user: an unknown name must not read as a green run. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
}

/**
 * Rules by selectors, in the suite's order; all of them without one. A selector is an id, the beginning of one up to a dot
 * or a dash (`3`, `3.2`, `rfc4443`), or a glob with `*`.
 * @throws SelectionError for a selector that selects nothing
 */
export function select<R extends Pick<PlacedRule, 'id'>>(
  rules: readonly R[],
  selectors: readonly string[],
): R[] {
  if (selectors.length === 0) return [...rules];
  const patterns = selectors.map((selector) => {
    const pattern = patternOf(selector);
    if (!rules.some(({ id }) => pattern.test(id))) throw nothingSelected(selector, rules);
    return pattern;
  });
  return rules.filter(({ id }) => patterns.some((pattern) => pattern.test(id)));
}

/**
 * The rules that may run with this leave, and what the others wait for.
 * @throws SelectionError where leave is missing for all of them
 */
export function withLeave<R extends Pick<PlacedRule, 'id' | 'onlyWith'>>(
  chosen: readonly R[],
  leave: ReadonlySet<OptIn>,
): { readonly rules: readonly R[]; readonly waiting: readonly OptIn[] } {
  const rules = chosen.filter(({ onlyWith }) => onlyWith === undefined || leave.has(onlyWith));
  const waiting = chosen.flatMap(({ onlyWith }) =>
    onlyWith === undefined || leave.has(onlyWith) ? [] : [onlyWith],
  );
  const [first] = chosen;
  if (rules.length === 0 && first?.onlyWith !== undefined) {
    throw new SelectionError(
      `The rule ${first.id} ${OPT_INS[first.onlyWith]}. Run it with --${first.onlyWith}.`,
    );
  }
  return { rules, waiting };
}

export function patternOf(selector: string): RegExp {
  const escaped = selector.toLowerCase().replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return selector.includes('*')
    ? new RegExp(`^${escaped.replaceAll('*', '.*')}$`)
    : new RegExp(`^${escaped}(?![a-z0-9_])`);
}

function nothingSelected(selector: string, rules: readonly Pick<PlacedRule, 'id'>[]): SelectionError {
  const names = new Set(rules.flatMap(({ id }) => [id, id.slice(0, id.lastIndexOf('.'))]));
  const hint = rules.length === 0 ? '' : ` Did you mean ${closest(selector, [...names])}?`;
  return new SelectionError(
    `No rule matches ${JSON.stringify(selector)}.${hint} "rfc3542 list" shows all rules.`,
  );
}
