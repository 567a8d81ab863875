import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compares with `<name>` beside this file. `UPDATE_GOLDEN=1` writes it anew, for a reader to look at the difference; a file
 * that does not exist is a failure, so that a forgotten one cannot pass.
 */
export function expectGolden(actual: string, name: string): void {
  const path = join(__dirname, name);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, actual);
  if (!existsSync(path)) throw new Error(`There is no ${path}; write it with UPDATE_GOLDEN=1`);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}

/** A page without its style and script, which have no record in them. */
export function bodyOf(page: string): string {
  return page.slice(page.indexOf('<body>'), page.lastIndexOf('<script>'));
}
