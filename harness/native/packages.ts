import { createRequire } from 'node:module';
import { wordsOf } from '../errors';

/**
 * Loads a package with native code only when it is asked for: one that was not built, or whose libraries are gone, must not
 * stop what can do without it.
 * @throws Error that says which package and why
 */
export function loadPackage(name: string): unknown {
  try {
    return createRequire(__filename)(name) as unknown;
  } catch (error) {
    const why = wordsOf(error).split('\n', 1).join();
    throw new Error(
      `Cannot load the package ${name}: ${why}. "npm start" installs and builds what is missing.`,
      {
        cause: error,
      },
    );
  }
}
