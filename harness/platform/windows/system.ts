import type { System } from '../../socket/system-calls';
import { control, encodeSocketAddress } from './layouts';
import { options } from './options';
import { systemCalls } from './system-calls';

export const system: System = {
  options,
  control,
  // Never asked for: Windows has no ICMP6_FILTER.
  filterBlockBit: 1,
  encodeSocketAddress,
  calls: systemCalls,
};
