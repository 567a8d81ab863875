import { section, type Section } from '../../harness';
import { amounts } from './20.1-ancillary-data';
import messageHeader from './20.1-msghdr';
import { absence, controlBuffers } from './20.2-control-buffer';
import firstHeader from './20.3.1-cmsg-firsthdr';
import data from './20.3.3-cmsg-data';
import routingExample from './21-routing-example';
import optionsExample from './22-options-example';

export const appendix: readonly Section[] = [
  section('20.1', messageHeader.title, [...messageHeader.rules, ...amounts]),
  section('20.2', 'The cmsghdr Structure', controlBuffers),
  section('20.3', 'Ancillary Data Object Macros', absence),
  firstHeader,
  data,
  routingExample,
  optionsExample,
];
