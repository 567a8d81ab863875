import type { ControlObject } from '../../socket/control';
import type { Option, OptionName } from '../../socket/options';
import type { System } from '../../socket/system-calls';
import { numberOf } from '../objects';

/** Options that hold an extension header, and what asks for it where it is received. */
export const HEADERS: Partial<Record<OptionName, OptionName>> = {
  'routing-header': 'receive-routing-header',
  'hop-by-hop-options': 'receive-hop-by-hop-options',
  'destination-options': 'receive-destination-options',
};
export const PRECEDING = 'routing-header-destination-options';

export const isHeader = (option: Option): boolean =>
  typeof option === 'string' && (option in HEADERS || option === PRECEDING);

export function isHeaderObject(system: System, { type }: ControlObject): boolean {
  return [...Object.keys(HEADERS), PRECEDING].some(
    (option) => numberOf(system, option as OptionName) === type,
  );
}
