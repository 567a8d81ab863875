import type { Deviation } from '../harness';

/** What systems are known to do instead of what a rule demands. Each was observed, not assumed. */
export const deviations: readonly Deviation[] = [];
