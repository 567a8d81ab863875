import type { Section } from '../../harness';
import { multicast, unicastHops } from './rfc3493';
import { addresses, echoReply, echoRequest, errors, processing } from './rfc4443';
import { options, order, sizes, sourceRoutes, unknownRouting } from './rfc8200';

export const companions: readonly Section[] = [
  unicastHops,
  multicast,
  addresses,
  processing,
  ...errors,
  echoRequest,
  echoReply,
  order,
  options,
  unknownRouting,
  sizes,
  sourceRoutes,
];
