import type { Section } from '../../harness';
import commonStructures from './2-common-structures';
import ip6Header from './2.1-ip6-header';
import nextHeaderValues from './2.1.1-next-header-values';
import extensionHeaders from './2.1.2-extension-headers';
import options from './2.1.3-options';
import icmp6Header from './2.2-icmp6-header';
import typeAndCodeValues from './2.2.1-type-and-code-values';
import neighborDiscovery from './2.2.2-neighbor-discovery';
import multicastListenerDiscovery from './2.2.3-multicast-listener-discovery';
import routerRenumbering from './2.2.4-router-renumbering';
import addressTesting from './2.3-address-testing';
import protocolsFile from './2.4-protocols-file';

export const definitions: readonly Section[] = [
  commonStructures,
  ip6Header,
  nextHeaderValues,
  extensionHeaders,
  options,
  icmp6Header,
  typeAndCodeValues,
  neighborDiscovery,
  multicastListenerDiscovery,
  routerRenumbering,
  addressTesting,
  protocolsFile,
];
