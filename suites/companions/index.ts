import type { Section } from '../../harness';

export const companions: readonly Section[] = [];
