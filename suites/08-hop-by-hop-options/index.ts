import type { Section } from '../../harness';
import options from './8-hop-by-hop-options';
import receiving from './8.1-receiving';
import sending from './8.2-sending';

export const hopByHopOptions: readonly Section[] = [options, receiving, sending];
