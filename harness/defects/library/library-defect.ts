import type { Inet6Functions } from '../../lab/library';
import type { Defect } from '../defect';

type Bend = (library: Inet6Functions) => Partial<Inet6Functions>;

/** A function of the C library that answers otherwise. */
export const libraryDefect = (id: string, says: string, kills: readonly string[], library: Bend): Defect => ({
  id,
  says,
  kills,
  seed: { library },
});
