import type { Section } from '../../harness';
import mapped from './13-mapped-addresses';

export const mappedAddresses: readonly Section[] = [mapped];
