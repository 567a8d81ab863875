import type { Section } from '../../harness';
import information from './6-packet-information';
import theInterface from './6.1-interface';
import addresses from './6.2-addresses';
import hopLimit from './6.3-hop-limit';
import nextHop from './6.4-next-hop';
import trafficClass from './6.5-traffic-class';
import additionalErrors from './6.6-additional-errors';
import interfaceSelection from './6.7-interface-selection';

export const packetInformation: readonly Section[] = [
  information,
  theInterface,
  addresses,
  hopLimit,
  nextHop,
  trafficClass,
  additionalErrors,
  interfaceSelection,
];
