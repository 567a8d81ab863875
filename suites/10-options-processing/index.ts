import type { Section } from '../../harness';

export const optionsProcessing: readonly Section[] = [];
