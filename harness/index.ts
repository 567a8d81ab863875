/** All that a suite may import. */

export type { Conformance } from './run/conformance';
export { Violation } from './errors';
export { arriveWith } from './lab/arrivals';
export type { Need } from './lab/needs';
export { SEND_PATHS, type SendPath } from './lab/send-paths';
export { NOT_DEFINED, type Question } from './lab/headers';
export type { Host, Laboratory, Link, Peer, Wire } from './lab/laboratory';
export { builtRouting, type Inet6Functions } from './lab/library';
export { formatAddress, parseAddress } from './packet/address';
export { checksum, icmpv6Checksum } from './packet/checksum';
export { encodeDestinationOptions } from './packet/destination-options';
export { fragment, reassemble } from './packet/fragments';
export { encodeHopByHop } from './packet/hop-by-hop';
export {
  echo,
  encodeIcmpv6,
  errorBody,
  ICMPV6,
  packetTooBig,
  parameterProblem,
  type Icmpv6Fields,
} from './packet/icmpv6';
export { NEXT_HEADER } from './packet/ipv6';
export { message } from './packet/message';
export { OPTION } from './packet/options';
export {
  decodePacket,
  encodePacket,
  finalDestination,
  type ExtensionFields,
  type Packet,
  type PacketFields,
} from './packet/packet';
export { encodeRouting, ROUTING_TYPE } from './packet/routing';
export type { Deviation } from './rules/deviations';
export { expect } from './rules/matchers';
export {
  headerObservation,
  headerRule,
  messageMembers,
  prototype,
  structure,
  type Expressions,
} from './rules/header-rule';
export { section, sectionWithoutRules, type Rule, type Section } from './rules/rule';
export { ancillary, encodePacketInfo, type AncillaryItem, type PacketInfo } from './socket/ancillary';
export { int } from './socket/control';
export { Icmp6Filter } from './socket/filter';
export { sendWith, WAYS, type Way } from './socket/specify';
export { outcomeOf, type Message, type Socket } from './socket/socket';
