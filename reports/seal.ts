import { createHash } from 'node:crypto';
import type { Report } from './report';

/**
 * The record with the SHA-256 of everything else in it, over its compact JSON. It is no signature, since whoever edits a
 * record can seal it again; it tells a record that was edited or cut by hand, or by a tool that does not know of it.
 */
export function sealed(report: Report): Report {
  return { ...report, seal: sealOf(report) };
}

/** What the seal of a record has to be, in lower-case hexadecimal. */
export function sealOf(report: Report): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...report, seal: undefined }))
    .digest('hex');
}
