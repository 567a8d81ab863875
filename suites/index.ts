import type { Section } from '../harness';
import checksums from './03-raw-sockets/3.1-checksums';

/** The table of contents, in the RFC's order. */
export const contents: readonly Section[] = [checksums];
