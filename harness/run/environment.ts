import { TestEnvironment } from 'jest-environment-node';
import { currentSession, SESSION } from './session';

/** Node's environment with the process's session in it, so that test files and the command share one. */
export default class ConformanceEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, { [SESSION]: currentSession() });
  }
}
