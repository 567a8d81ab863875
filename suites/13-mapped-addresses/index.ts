import type { Section } from '../../harness';

export const mappedAddresses: readonly Section[] = [];
