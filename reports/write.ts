import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Puts a chunk at the end of the file. */
export type Write = (chunk: Uint8Array) => void;

/**
 * Writes a file whole or not at all: the data go to a file beside it, and only when all of it is on the disk does that
 * file take the name. A good file is never replaced by a part of another. Makes the folders that are missing.
 *
 * No system replaces a file at once by one that has no name, so a process that is killed in between leaves the neighbour
 * (`.report.json.partial`). Its name is fixed, and the next write replaces it.
 *
 * @param data the contents, or what writes them piece by piece; what that returns is returned
 * @throws {Error} with Node's own code (`ENOSPC`, `EACCES`, …) and this path; the file is then as it was before.
 */
export function writeAtomically(path: string, data: string): void;
export function writeAtomically<T>(path: string, data: (write: Write) => T): T;
export function writeAtomically<T>(path: string, data: string | ((write: Write) => T)): T | undefined {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.partial`);
  mkdirSync(folder, { recursive: true });
  try {
    const result = writeThrough(partial, data);
    renameSync(partial, path);
    return result;
  } catch (error) {
    rmSync(partial, { force: true });
    throw Object.assign(error as Error, { path });
  }
}

/** A rename can reach the disk before the data do, and a power cut then leaves an empty file with the good name. */
function writeThrough<T>(path: string, data: string | ((write: Write) => T)): T | undefined {
  const file = openSync(path, 'w');
  const write: Write = (chunk) => {
    writeAll(file, chunk);
  };
  try {
    if (typeof data === 'string') write(Buffer.from(data));
    const result = typeof data === 'string' ? undefined : data(write);
    fsyncSync(file);
    return result;
  } finally {
    closeSync(file);
  }
}

/** Writes to a descriptor all of what write(2) may take in parts. @throws {Error} with Node's own code */
export function writeAll(file: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at);
}
