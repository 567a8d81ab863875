import type { Section } from '../../harness';
import routing from './7-routing-header';

export const routingHeader: readonly Section[] = [routing];
