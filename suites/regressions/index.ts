import type { Section } from '../../harness';
import { fragmentedSends, pingSockets, shortOption, trafficClass, zeroSum } from './linux';
import { gvisor, kame, maghemite, openbsd } from './others';
import { kb944135, kb947369, kb974927 } from './windows';

export const regressions: readonly Section[] = [
  kb947369,
  kb974927,
  kb944135,
  zeroSum,
  trafficClass,
  pingSockets,
  shortOption,
  fragmentedSends,
  gvisor,
  kame,
  openbsd,
  maghemite,
];
