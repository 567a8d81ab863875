import { sectionWithoutRules, type Section } from '../../harness';
import receiving from './9.1-receiving';
import sending from './9.2-sending';

export const destinationOptions: readonly Section[] = [
  sectionWithoutRules('9', 'Destination Options', 'It introduces receiving and sending, which follow.'),
  receiving,
  sending,
];
