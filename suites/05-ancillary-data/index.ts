import { sectionWithoutRules, type Section } from '../../harness';
import nextHeader from './5.1-cmsg-nxthdr';
import space from './5.2-cmsg-space';
import length from './5.3-cmsg-len';

export const ancillaryData: readonly Section[] = [
  sectionWithoutRules(
    '5',
    'Extensions to Socket Ancillary Data',
    'It introduces the three macros, which have sections of their own.',
  ),
  nextHeader,
  space,
  length,
];
