import type { Reporter, Test, TestResult } from '@jest/reporters';

const faults: string[] = [];

/** What jest could not run at all: an error in the suite, never a verdict. */
export function suiteFaults(): readonly string[] {
  return faults;
}

/** Rules report their outcomes to the session; jest's part is to say when the suite itself did not load. */
export default class ConformanceReporter implements Pick<Reporter, 'onTestResult'> {
  onTestResult(_test: Test, result: TestResult): void {
    if (result.testExecError !== undefined) {
      faults.push(result.failureMessage ?? result.testExecError.message);
    }
  }
}
