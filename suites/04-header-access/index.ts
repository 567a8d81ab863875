import type { Section } from '../../harness';
import options from './4-options';
import tcpImplications from './4.1-tcp-implications';
import rawSocketImplications from './4.2-raw-socket-implications';

export const headerAccess: readonly Section[] = [options, tcpImplications, rawSocketImplications];
