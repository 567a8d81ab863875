import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file whole or not at all: the data go to a file beside it, and only when all of it is on the disk does that
 * file take the name. A good file is never replaced by a part of another. Makes the folders that are missing.
 *
 * The neighbour's name is fixed (`.report.json.partial`), so that a process killed in between leaves one stale file
 * which the next write replaces, and not one more each time.
 *
 * @throws {Error} with Node's own code (`ENOSPC`, `EACCES`, …); the file is then as it was before.
 */
export function writeAtomically(path: string, data: string | Uint8Array): void {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.partial`);
  mkdirSync(folder, { recursive: true });
  try {
    writeThrough(partial, data);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** A rename can reach the disk before the data do, and a power cut then leaves an empty file with the good name. */
function writeThrough(path: string, data: string | Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
