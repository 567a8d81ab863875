import type { Section } from '../../harness';

export const hopByHopOptions: readonly Section[] = [];
