import type { Config } from 'jest';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In a user namespace everyone has the number of root, whose folders belong to somebody else: the number outside of it. */
function user(): string {
  const inside = process.getuid?.() ?? 0;
  try {
    // user_namespaces(7): the first number inside, and what it is outside.
    const [from = 0, to = 0] = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/).map(Number);
    return String(inside - from + to);
  } catch {
    return String(inside);
  }
}

const project = {
  cacheDirectory: join(tmpdir(), `rfc3542-jest-${user()}`),
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
