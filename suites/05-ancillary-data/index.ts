import type { Section } from '../../harness';
import nextHeader from './5.1-cmsg-nxthdr';
import space from './5.2-cmsg-space';
import length from './5.3-cmsg-len';

export const ancillaryData: readonly Section[] = [nextHeader, space, length];
