import type { Section } from '../../harness';
import ordered from './12-ordering';

export const ordering: readonly Section[] = [ordered];
