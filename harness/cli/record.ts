import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Evidence, readEvidence } from '../../reports/evidence';
import { readReport, UnreadableReport } from '../../reports/read';
import type { Report } from '../../reports/report';
import { UsageError } from './usage';

/** What a command that only looks at records prints, and how it ends. */
export interface Answer {
  readonly output: string;
  readonly exitCode: number;
}

/** @throws UsageError for a file that holds no whole record of this version */
export function openRecord(file: string): Report {
  try {
    return readReport(file);
  } catch (error) {
    if (error instanceof UnreadableReport) throw new UsageError(error.message);
    throw error;
  }
}

/** The packets beside a record, or in a sentence why there are none to read; undefined where the record names none. */
export function evidenceBeside(file: string, { packets }: Report): Evidence | string | undefined {
  if (packets === undefined) return undefined;
  const path = join(dirname(file), packets.file);
  if (!existsSync(path)) return `Its evidence ${path} is missing.`;
  try {
    return readEvidence(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
