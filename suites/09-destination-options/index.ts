import type { Section } from '../../harness';
import receiving from './9.1-receiving';
import sending from './9.2-sending';

export const destinationOptions: readonly Section[] = [receiving, sending];
