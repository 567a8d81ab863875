import type { Section } from '../../harness';

export const pathMtu: readonly Section[] = [];
