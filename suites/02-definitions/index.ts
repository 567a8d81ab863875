import type { Section } from '../../harness';

export const definitions: readonly Section[] = [];
