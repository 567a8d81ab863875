import type { Defect } from './defect';

/** What a host can do wrong with the type filter, receiving and raw sockets in general. */
export const filterDefects: readonly Defect[] = [];
