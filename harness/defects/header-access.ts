import type { Defect } from './defect';

/** What a host can do wrong with options, ancillary data and packet information. */
export const headerAccessDefects: readonly Defect[] = [];
