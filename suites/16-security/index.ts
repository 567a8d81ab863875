import type { Section } from '../../harness';
import considerations from './16-security';

export const security: readonly Section[] = [considerations];
