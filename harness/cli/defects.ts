import { closest } from 'fastest-levenshtein';
import { defects } from '../defects';
import type { Defect } from '../defects/defect';
import { UsageError } from './usage';

/** The defects of these ids, in the order of the catalogue. @throws UsageError for an id that there is not */
export function defectsOf(ids: readonly string[]): readonly Defect[] {
  const known = defects.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no defect ${JSON.stringify(unknown)}. Did you mean ${closest(unknown, known)}?`,
    );
  }
  return defects.filter(({ id }) => ids.includes(id));
}
