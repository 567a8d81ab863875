import type { Defect } from './defect';

/** What a host can do wrong with headers and the C library. */
export const definitionDefects: readonly Defect[] = [];
