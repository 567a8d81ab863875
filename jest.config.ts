import type { Config } from 'jest';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for compiled code that is this user's own. In a user namespace everyone is called root, so the owner tells. */
function cacheDirectory(): string {
  const user = process.getuid?.() ?? 0;
  for (let attempt = 0; ; attempt += 1) {
    const path = join(tmpdir(), `rfc3542-jest-${String(user)}${attempt === 0 ? '' : `-${String(attempt)}`}`);
    if ((statSync(path, { throwIfNoEntry: false })?.uid ?? user) === user) return path;
  }
}

const project = {
  cacheDirectory: cacheDirectory(),
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
