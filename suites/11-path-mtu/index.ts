import { sectionWithoutRules, type Section } from '../../harness';
import minimum from './11.1-minimum-mtu';
import whole from './11.2-without-fragmentation';
import discovery from './11.3-discovery';
import current from './11.4-current-path-mtu';

export const pathMtu: readonly Section[] = [
  sectionWithoutRules(
    '11',
    'Additional Advanced API Functions',
    'It introduces the options for the path MTU, which have sections of their own.',
  ),
  minimum,
  whole,
  discovery,
  current,
];
