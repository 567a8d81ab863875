import { leftChecksumDefects } from './checksums/left';
import { checksumOptionDefects } from './checksums/option';
import { sentChecksumDefects } from './checksums/sent';
import { receivedHeaderDefects } from './extension-headers/received';
import { sentHeaderDefects } from './extension-headers/sent';
import { filterDeliveryDefects } from './filters/delivery';
import { filterOptionDefects } from './filters/option';
import { filterValueDefects } from './filters/value';
import { ancillaryDataDefects } from './header-access/ancillary';
import { receivedObjectDefects } from './header-access/received';
import { stickyOptionDefects } from './header-access/sticky';
import { ancillaryMacroDefects } from './headers/ancillary-macros';
import { icmp6HeaderDefects } from './headers/icmp6';
import { inHeaderDefects } from './headers/in';
import { ip6HeaderDefects } from './headers/ip6';
import { netdbDefects } from './headers/netdb';
import { optionFunctionDefects } from './library/options';
import { routingFunctionDefects } from './library/routing-header';
import { hopLimitAndClassDefects } from './packet-information/hop-limit-and-class';
import { receivedInformationDefects } from './packet-information/received';
import { routeDefects } from './packet-information/routes';
import { sentInformationDefects } from './packet-information/sent';
import { fragmentationDefects } from './path-mtu/fragmentation';
import { indicationDefects } from './path-mtu/indications';
import { pathMtuOptionDefects } from './path-mtu/path-mtu-option';
import { rawAssociationDefects } from './raw-sockets/association';
import { rawReceivingDefects } from './raw-sockets/receiving';
import { rawSendingDefects } from './raw-sockets/sending';
import { verificationDefects } from './verification';
import { errorDefects } from './errors';
import { basicOptionDefects } from './header-access/basic-options';
import type { Defect } from './defect';

/** The catalogue of defects. */
export const defects: readonly Defect[] = [
  ...ip6HeaderDefects,
  ...icmp6HeaderDefects,
  ...inHeaderDefects,
  ...netdbDefects,
  ...ancillaryMacroDefects,
  ...routingFunctionDefects,
  ...optionFunctionDefects,
  ...sentChecksumDefects,
  ...leftChecksumDefects,
  ...checksumOptionDefects,
  ...filterValueDefects,
  ...filterOptionDefects,
  ...filterDeliveryDefects,
  ...verificationDefects,
  ...errorDefects,
  ...rawSendingDefects,
  ...rawAssociationDefects,
  ...rawReceivingDefects,
  ...receivedObjectDefects,
  ...stickyOptionDefects,
  ...ancillaryDataDefects,
  ...basicOptionDefects,
  ...sentInformationDefects,
  ...receivedInformationDefects,
  ...routeDefects,
  ...hopLimitAndClassDefects,
  ...receivedHeaderDefects,
  ...sentHeaderDefects,
  ...fragmentationDefects,
  ...indicationDefects,
  ...pathMtuOptionDefects,
];
