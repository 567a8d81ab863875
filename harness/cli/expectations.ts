import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { closest } from 'fastest-levenshtein';
import { faultsOf, type Deviation } from '../rules/deviations';
import { wordsOf } from '../errors';
import type { Suite } from '../run/suite';
import { UsageError } from './usage';

const text = { type: 'string', minLength: 1 } as const;
const isDeviations = new Ajv({ allErrors: false }).compile<readonly Deviation[]>({
  type: 'array',
  items: {
    type: 'object',
    properties: {
      rule: text,
      platform: text,
      builds: text,
      libc: text,
      observed: text,
      reason: text,
      link: text,
    },
    required: ['rule', 'platform', 'builds', 'observed', 'reason', 'link'],
    additionalProperties: false,
  },
});

/** Deviations of the user's own system, in the form of `suites/deviations.ts` as JSON. @throws UsageError */
export function readExpectations(file: string, { rules }: Pick<Suite, 'rules'>): readonly Deviation[] {
  const cannot = (why: string): UsageError => new UsageError(`Cannot use ${file}: ${why}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw cannot(wordsOf(error));
  }
  if (!isDeviations(parsed)) {
    const [fault] = isDeviations.errors ?? [];
    throw cannot(
      `${fault?.instancePath === '' || fault === undefined ? 'the file' : fault.instancePath} ${fault?.message ?? 'is not valid'}. It holds a list of { rule, platform, builds, observed, reason, link } and, for a C library, libc.`,
    );
  }
  const ids = new Set(rules.map(({ id }) => id));
  const [fault] = faultsOf(parsed, ids);
  if (fault !== undefined) {
    const unknown = parsed.find(({ rule }) => !ids.has(rule));
    const hint = unknown === undefined ? '' : ` Did you mean ${closest(unknown.rule, [...ids])}?`;
    throw cannot(`${fault}.${hint}`);
  }
  return parsed;
}
