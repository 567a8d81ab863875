import { join } from 'node:path';
import { contents } from '../../suites';
import { deviations } from '../../suites/deviations';
import { readCatalogue, type Catalogue } from '../rules/catalogue';
import type { Deviation } from '../rules/deviations';
import { placedRules, type PlacedRule, type Section } from '../rules/rule';

export const ROOT = join(__dirname, '../..');

/** The suite as it stands in the checkout. */
export interface Suite {
  readonly sections: readonly Section[];
  readonly rules: readonly PlacedRule[];
  readonly deviations: readonly Deviation[];
  readonly catalogue: Catalogue;
}

export function loadSuite(): Suite {
  return {
    sections: contents,
    rules: placedRules(contents),
    deviations,
    catalogue: readCatalogue(join(ROOT, 'suites')),
  };
}
