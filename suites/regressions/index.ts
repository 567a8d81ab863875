import type { Section } from '../../harness';
import gvisor3996 from './gvisor-3996';
import kameChecksum2 from './kame-checksum-2';
import kb944135 from './kb944135';
import kb947369 from './kb947369';
import kb974927 from './kb974927';
import linux87445f369cca from './linux-87445f369cca';
import linuxCb3e9864cdbe from './linux-cb3e9864cdbe';
import linuxD3a1be9cba86 from './linux-d3a1be9cba86';
import linuxE87a468eb97d from './linux-e87a468eb97d';
import linuxFb7bc9204095 from './linux-fb7bc9204095';
import linuxTrafficClassMinusOne from './linux-tclass-minus-one';
import maghemite802 from './maghemite-802';
import openbsdRip6cksum from './openbsd-rip6cksum';

/**
 * Defects that shipped, one file each. What systems do to this day, and always did, is in `suites/deviations.ts`. One has no file:
 * morrownr/8821au#109, a driver that spoils checksums of frames that it forwards between stations. No host here forwards; where a
 * driver does it to what the host sends itself, every rule of §3.1 sees it.
 */
export const regressions: readonly Section[] = [
  kb947369,
  kb974927,
  kb944135,
  linuxD3a1be9cba86,
  linuxTrafficClassMinusOne,
  linux87445f369cca,
  linuxFb7bc9204095,
  linuxE87a468eb97d,
  linuxCb3e9864cdbe,
  gvisor3996,
  kameChecksum2,
  openbsdRip6cksum,
  maghemite802,
];
