import type { Defect } from './defect';

/** What a host can do wrong with the path MTU. */
export const pathMtuDefects: readonly Defect[] = [];
