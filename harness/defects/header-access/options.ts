import type { Option, OptionName } from '../../socket/options';

/** Options that ask for ancillary data. */
export const RECEIVE: readonly Option[] = [
  'receive-packet-info',
  'receive-hop-limit',
  'receive-traffic-class',
  'receive-routing-header',
  'receive-hop-by-hop-options',
  'receive-destination-options',
];
/** Options that go out with every packet, once they are set. */
export const STICKY: readonly OptionName[] = [
  'hop-by-hop-options',
  'destination-options',
  'routing-header-destination-options',
  'traffic-class',
];
/** Options that have no value at first. */
export const UNSET: readonly Option[] = [
  'hop-by-hop-options',
  'destination-options',
  'routing-header-destination-options',
  'routing-header',
  'next-hop',
];
