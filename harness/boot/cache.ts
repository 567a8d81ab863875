import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder of the user's cache (XDG Base Directory Specification) that serves later commands too. It may not exist yet. */
export function cacheFolder(...names: readonly string[]): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'rfc3542', ...names);
}
