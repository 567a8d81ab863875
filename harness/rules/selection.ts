import { closest } from 'fastest-levenshtein';
import type { PlacedRule } from './rule';

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
