import type { Section } from '../../harness';
import checksums from './3.1-checksums';

export const rawSockets: readonly Section[] = [checksums];
