import type { Conformance } from '../harness';

/** The table of contents as tests, from the environment of this jest project. */
declare const conformance: Conformance;

/** Longer than any rule and any laboratory takes, in milliseconds. */
const LIMIT = 120_000;

beforeAll(conformance.open, LIMIT);
afterAll(conformance.close);

for (const { title, tests } of conformance.sections) {
  describe(title, () => {
    for (const { id, run } of tests) test(id, run, LIMIT);
  });
}
