import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { makeFolder } from '../../reports/write';
import { UsageError } from './usage';

/** The absolute path of a folder that can be written, made where it is missing. @throws UsageError */
export function writable(folder: string): string {
  const path = resolve(folder);
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(
      `Cannot write to the output folder ${path}: ${why}. Name another one with --output.`,
    );
  }
  return path;
}
