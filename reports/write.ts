import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withoutCall } from './text';

/** Puts a chunk at the end of the file. */
export type Write = (chunk: Uint8Array) => void;

/** Why a file could not be written, in one sentence; what had its name is as it was before. */
export class UnwritableFile extends Error {
  override readonly name = 'UnwritableFile';
  /** For want of room, and not of permission. */
  readonly full: boolean;

  constructor(path: string, { code = '', message }: NodeJS.ErrnoException) {
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    super(`Cannot write ${path}: ${full ? 'the disk is full.' : withoutCall(message)}`);
    this.full = full;
  }
}

/** What to throw where writing to `path` has thrown: an UnwritableFile if the system refused, and else the same. */
export function unwritable(path: string, thrown: unknown): unknown {
  // Under jest what Node throws is of another realm, and no instance of this Error.
  return typeof thrown === 'object' && thrown !== null && 'syscall' in thrown
    ? new UnwritableFile(path, thrown as unknown as NodeJS.ErrnoException)
    : thrown;
}

/**
 * Writes a file whole or not at all: the data go to a file beside it, and only when all of it is on the disk does that
 * file take the name. A good file is never replaced by a part of another. Makes the folders that are missing. A link stays,
 * and what it leads to is replaced; a pipe or a device, such as `/dev/null`, takes the data as they come.
 *
 * No system replaces a file at once by one that has no name, so a process that is killed in between leaves the neighbour
 * (`.report.json.partial`). Its name is fixed, and the next write replaces it.
 *
 * @param data the contents, or what writes them piece by piece; what that returns is returned
 * @throws {UnwritableFile} when the system refuses, for want of room or of permission
 */
export function writeAtomically(path: string, data: string): void;
export function writeAtomically<T>(path: string, data: (write: Write) => T): T;
export function writeAtomically<T>(path: string, data: string | ((write: Write) => T)): T | undefined {
  try {
    makeFolder(dirname(path));
    const there = statSync(path, { throwIfNoEntry: false });
    if (there === undefined) return replace(path, data);
    return there.isFile() ? replace(realpathSync(path), data) : writeThrough(path, data);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Makes a folder and those above it that are missing. Node's own recursive form never ends below /proc. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function replace<T>(path: string, data: string | ((write: Write) => T)): T | undefined {
  const partial = join(dirname(path), `.${basename(path)}.partial`);
  try {
    const result = writeThrough(partial, data);
    renameSync(partial, path);
    return result;
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function writeThrough<T>(path: string, data: string | ((write: Write) => T)): T | undefined {
  const file = openSync(path, 'w');
  const write: Write = (chunk) => {
    writeAll(file, chunk);
  };
  try {
    if (typeof data === 'string') write(Buffer.from(data));
    const result = typeof data === 'string' ? undefined : data(write);
    // A rename can reach the disk before the data do, and a power cut then leaves an empty file with the good name.
    if (fstatSync(file).isFile()) fsyncSync(file);
    return result;
  } finally {
    closeSync(file);
  }
}

/** Writes to a descriptor all of what write(2) may take in parts. @throws {Error} with Node's own code */
export function writeAll(file: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length;) at += writeSync(file, chunk, at);
}
