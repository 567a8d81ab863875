import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Evidence, readEvidence } from '../../reports/evidence';
import type { Beside } from '../../reports/formats';
import { readProof, readReport, UnreadableReport } from '../../reports/read';
import type { Report } from '../../reports/report';
import { PROOF_NAME } from '../../reports/proof';
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

/** What a page shows of what lies beside a record: its packets, and the proof of the suite. */
export function shownBeside(file: string, report: Report): Beside {
  const evidence = evidenceBeside(file, report);
  const proof = readProof(join(dirname(file), PROOF_NAME));
  return { ...(typeof evidence === 'object' ? { evidence } : {}), ...(proof === undefined ? {} : { proof }) };
}
