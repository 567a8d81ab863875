import type { Config } from 'jest';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// In a user namespace everyone has the number of root, whose folders belong to somebody else.
const user = process.env['RFC3542_USER_NAMESPACE'] ?? String(process.getuid?.());

const project = {
  cacheDirectory: join(tmpdir(), `rfc3542-jest-${user}`),
  testEnvironment: 'node',
  transform: { '\\.ts$': '@swc/jest' },
} as const;

/** The suites: every rule is a test. */
export const conformance = {
  ...project,
  displayName: 'conformance',
  testEnvironment: '<rootDir>/harness/run/environment.ts',
  testMatch: ['<rootDir>/suites/rfc3542.test.ts'],
} as const;

const config: Config = {
  // An open capture cannot be closed before the process ends (harness/native/cap.ts).
  forceExit: true,
  projects: [
    {
      ...project,
      displayName: 'harness',
      roots: ['<rootDir>/harness', '<rootDir>/reports', '<rootDir>/suites'],
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/suites/rfc3542\\.test\\.ts$'],
    },
    conformance,
  ],
};

export default config;
