import type { Section } from '../../harness';

export const regressions: readonly Section[] = [];
