import type { Section } from '../../harness';
import reservedPorts from './14.1-rresvport-af';
import remoteCommands from './14.2-rcmd-af';
import remoteExecution from './14.3-rexec-af';
import summaryOfDefinitions from './15-summary';
import changes from './17-changes';

export const summary: readonly Section[] = [
  reservedPorts,
  remoteCommands,
  remoteExecution,
  summaryOfDefinitions,
  changes,
];
