import type { Section } from '../../harness';
import messageHeader from './20.1-msghdr';
import firstHeader from './20.3.1-cmsg-firsthdr';
import data from './20.3.3-cmsg-data';
import routingExample from './21-routing-example';
import optionsExample from './22-options-example';

export const appendix: readonly Section[] = [
  messageHeader,
  firstHeader,
  data,
  routingExample,
  optionsExample,
];
