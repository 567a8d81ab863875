import type { Section } from '../../harness';
import considerations from './16-security';
import changes from './17-changes';

export const security: readonly Section[] = [considerations, changes];
