import type { Section } from '../../harness';

export const ancillaryData: readonly Section[] = [];
