import type { Section } from '../../harness';

export const summary: readonly Section[] = [];
