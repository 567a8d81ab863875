import type { Section } from '../../harness';
import minimum from './11.1-minimum-mtu';
import whole from './11.2-without-fragmentation';
import discovery from './11.3-discovery';
import current from './11.4-current-path-mtu';

export const pathMtu: readonly Section[] = [minimum, whole, discovery, current];
