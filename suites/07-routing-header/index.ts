import type { Section } from '../../harness';

export const routingHeader: readonly Section[] = [];
