import { TestEnvironment } from 'jest-environment-node';
import { conformanceOf } from './conformance';
import { currentSession } from './session';
import { loadSuite } from './suite';

/**
 * Node's environment with the run's rules in it. The suite is loaded here, outside the sandbox of a test file: once for a whole
 * process, and with globals that are fast to reach.
 */
export default class ConformanceEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, { conformance: conformanceOf(currentSession(), loadSuite()) });
  }
}
