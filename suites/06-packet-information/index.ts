import type { Section } from '../../harness';

export const packetInformation: readonly Section[] = [];
