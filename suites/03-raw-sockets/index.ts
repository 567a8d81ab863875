import type { Section } from '../../harness';
import checksums from './3.1-checksums';
import typeFiltering from './3.2-icmpv6-type-filtering';

export const rawSockets: readonly Section[] = [checksums, typeFiltering];
