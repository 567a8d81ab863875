import { ancillaryMacroDefects } from './ancillary-macros';
import { checksumDefects } from './checksums';
import type { Defect } from './defect';
import { definitionDefects } from './definitions';
import { extensionHeaderDefects } from './extension-headers';
import { filterDefects } from './filters';
import { headerAccessDefects } from './header-access';
import { optionFunctionDefects, routingFunctionDefects } from './inet6-functions';
import { packetInformationDefects } from './packet-information';
import { pathMtuDefects } from './path-mtu';
import { rawSocketDefects } from './raw-sockets';
import { verificationDefects } from './verification';

/** The catalogue of defects. */
export const defects: readonly Defect[] = [
  ...definitionDefects,
  ...ancillaryMacroDefects,
  ...routingFunctionDefects,
  ...optionFunctionDefects,
  ...checksumDefects,
  ...filterDefects,
  ...verificationDefects,
  ...rawSocketDefects,
  ...headerAccessDefects,
  ...packetInformationDefects,
  ...extensionHeaderDefects,
  ...pathMtuDefects,
];
