import type { Defect } from './defect';

/** What a host can do wrong with extension headers. */
export const extensionHeaderDefects: readonly Defect[] = [];
