import type { Section } from '../../harness';

export const ordering: readonly Section[] = [];
