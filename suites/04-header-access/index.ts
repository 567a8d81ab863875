import type { Section } from '../../harness';

export const headerAccess: readonly Section[] = [];
