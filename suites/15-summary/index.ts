import { sectionWithoutRules, type Section } from '../../harness';
import reservedPorts from './14.1-rresvport-af';
import remoteCommands from './14.2-rcmd-af';
import remoteExecution from './14.3-rexec-af';
import summaryOfDefinitions from './15-summary';

export const summary: readonly Section[] = [
  sectionWithoutRules(
    '14',
    'Extended interfaces for rresvport, rcmd and rexec',
    'It introduces the three functions, which have sections of their own.',
  ),
  reservedPorts,
  remoteCommands,
  remoteExecution,
  summaryOfDefinitions,
];
