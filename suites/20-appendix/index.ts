import { section, sectionWithoutRules, type Section } from '../../harness';
import { amounts } from './20.1-ancillary-data';
import messageHeader from './20.1-msghdr';
import { absence, controlBuffers } from './20.2-control-buffer';
import firstHeader from './20.3.1-cmsg-firsthdr';
import data from './20.3.3-cmsg-data';
import routingExample from './21-routing-example';
import optionsExample from './22-options-example';

export const appendix: readonly Section[] = [
  sectionWithoutRules('20', 'Appendix A: Ancillary Data Overview', 'It introduces what its sections define.'),
  section('20.1', messageHeader.title, [...messageHeader.rules, ...amounts]),
  section('20.2', 'The cmsghdr Structure', controlBuffers),
  section('20.3', 'Ancillary Data Object Macros', absence),
  firstHeader,
  sectionWithoutRules('20.3.2', 'CMSG_NXTHDR', 'Section 5.1 defines it, and has its rules.'),
  data,
  sectionWithoutRules('20.3.4', 'CMSG_SPACE', 'Section 5.2 defines it, and has its rules.'),
  sectionWithoutRules('20.3.5', 'CMSG_LEN', 'Section 5.3 defines it, and has its rules.'),
  routingExample,
  sectionWithoutRules('21.1', 'Sending a Routing Header', 'The rules of section 21 follow the example.'),
  sectionWithoutRules('21.2', 'Receiving Routing Headers', 'The rules of section 21 follow the example.'),
  optionsExample,
  sectionWithoutRules('22.1', 'Building Options', 'The rules of section 22 follow the example.'),
  sectionWithoutRules('22.2', 'Parsing Received Options', 'The rules of section 22 follow the example.'),
];
