import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeFolder } from '../../reports/write';
import { UsageError } from './usage';

/** The absolute path of a folder that can be written, made where it is missing. @throws UsageError */
export function writable(folder: string): string {
  const path = resolve(folder);
  const why = refusal(path);
  if (why === undefined) return path;
  throw new UsageError(`Cannot write to the output folder ${path}: ${why}. Name another one with --output.`);
}

function refusal(path: string): string | undefined {
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK);
    return statSync(path).isDirectory() ? undefined : 'it is a file';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
