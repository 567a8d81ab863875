import type { Section } from '../../harness';
import rawIpv6Sockets from './3-raw-sockets';
import checksums from './3.1-checksums';
import typeFiltering from './3.2-icmpv6-type-filtering';
import verification from './3.3-verification-of-received-packets';

export const rawSockets: readonly Section[] = [rawIpv6Sockets, checksums, typeFiltering, verification];
