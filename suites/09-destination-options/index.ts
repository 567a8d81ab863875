import type { Section } from '../../harness';

export const destinationOptions: readonly Section[] = [];
