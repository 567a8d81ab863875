import { checksumDefects } from './checksums';
import type { Defect } from './defect';

/** The catalogue of defects. */
export const defects: readonly Defect[] = [...checksumDefects];
