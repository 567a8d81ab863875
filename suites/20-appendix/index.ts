import type { Section } from '../../harness';

export const appendix: readonly Section[] = [];
