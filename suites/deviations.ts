import type { Deviation } from '../harness';

/** What systems are known to do instead of what a rule demands. Each was observed, not assumed. In the RFC's order. */
export const deviations: readonly Deviation[] = [
  // 2 Definitions, 5 and 20 ancillary data, 7 and 10 library functions, 15 summary

  // 3 Raw sockets, 13 mapped addresses

  // 4 Header access

  // 6 Packet information

  // 7, 8, 9, 12 Extension headers

  // 11 Path MTU

  // Companions and regressions
];
