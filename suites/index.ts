import { sectionWithoutRules, type Section } from '../harness';
import { definitions } from './02-definitions';
import { rawSockets } from './03-raw-sockets';
import { headerAccess } from './04-header-access';
import { ancillaryData } from './05-ancillary-data';
import { packetInformation } from './06-packet-information';
import { routingHeader } from './07-routing-header';
import { hopByHopOptions } from './08-hop-by-hop-options';
import { destinationOptions } from './09-destination-options';
import { optionsProcessing } from './10-options-processing';
import { pathMtu } from './11-path-mtu';
import { ordering } from './12-ordering';
import { mappedAddresses } from './13-mapped-addresses';
import { summary } from './15-summary';
import { security } from './16-security';
import { appendix } from './20-appendix';
import { companions } from './companions';
import { regressions } from './regressions';

/** The table of contents, in the RFC's order; then what other documents promise, and defects that shipped. */
export const contents: readonly Section[] = [
  sectionWithoutRules(
    '1',
    'Introduction',
    'Its one permission, errors that no section lists, is tried in section 4.',
  ),
  ...definitions,
  ...rawSockets,
  ...headerAccess,
  ...ancillaryData,
  ...packetInformation,
  ...routingHeader,
  ...hopByHopOptions,
  ...destinationOptions,
  ...optionsProcessing,
  ...pathMtu,
  ...ordering,
  ...mappedAddresses,
  ...summary,
  ...security,
  sectionWithoutRules('18', 'References', 'It asks nothing of a system.'),
  sectionWithoutRules('19', 'Acknowledgments', 'It asks nothing of a system.'),
  ...appendix,
  sectionWithoutRules('23', "Authors' Addresses", 'It asks nothing of a system.'),
  ...companions,
  ...regressions,
];
