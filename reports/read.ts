import { readFileSync } from 'node:fs';
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import { oneLine, withoutCall } from './text';
import { type Report, SCHEMA } from './report';
import { PROOF_SCHEMA, type ProofRecord } from './proof';
import proofSchema from './proof.schema.json';
import schema from './report.schema.json';

export type Unreadable = 'missing' | 'cut short' | 'not a record' | 'of another version' | 'not valid';

/** Why a file is not a record that can be shown. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport';

  constructor(
    readonly file: string,
    readonly kind: Unreadable,
    readonly reason: string,
  ) {
    super(`Cannot read the report ${file}: ${reason}`);
  }
}

/**
 * Reads a record and checks it against `report.schema.json`. Rules that this version of the suite does not know are kept:
 * a record says everything about a rule that a reader needs.
 *
 * @throws {UnreadableReport} when the file is missing, cut short, no record, or one of another version.
 */
export function readReport(file: string): Report {
  return parseReport(readText(file), file);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : withoutCall(message);
    throw new UnreadableReport(file, 'missing', reason);
  }
}

/** The same for a text; `file` is what errors call it. */
export function parseReport(text: string, file: string): Report {
  const value = parse(text, file);
  const found = isObject(value) ? value['schema'] : undefined;
  if (typeof found !== 'string' || !found.startsWith('rfc3542-report/')) {
    throw new UnreadableReport(file, 'not a record', 'it is JSON, but not a record of rfc3542');
  }
  if (found !== SCHEMA) {
    const reason = `its schema is ${quoted(found)}, and this version reads "${SCHEMA}"`;
    throw new UnreadableReport(file, 'of another version', reason);
  }
  const faults = faultsOf(value);
  if (faults.length > 0) throw new UnreadableReport(file, 'not valid', faults.join('; '));
  return value as Report;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (text.trim() === '') throw new UnreadableReport(file, 'cut short', 'it is empty');
    // A record starts with a brace, and only a whole one ends with the other.
    const cut = text.trimStart().startsWith('{') && !text.trimEnd().endsWith('}');
    throw cut
      ? new UnreadableReport(file, 'cut short', `it is cut short after ${String(text.length)} characters`)
      : new UnreadableReport(file, 'not a record', 'it is not JSON');
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The proof in a file; undefined where there is none that this version can read, since no report needs one. */
export function readProof(file: string): ProofRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isProof = isObject(value) && value['schema'] === PROOF_SCHEMA && proofValidator()(value);
    return isProof ? (value as unknown as ProofRecord) : undefined;
  } catch {
    return undefined;
  }
}

function proofValidator(): ValidateFunction {
  return new Ajv2020({ strict: true }).compile(proofSchema);
}

let compiled: ValidateFunction | undefined;

/** Compiled at its first use: most commands never read a record. */
function validator(): ValidateFunction {
  compiled ??= new Ajv2020({ strict: true }).compile(schema);
  return compiled;
}

/** What is wrong with a value by the schema, each in a few words with the place; empty for a valid record. */
function faultsOf(value: unknown): string[] {
  const validate = validator();
  if (validate(value)) return idsTwice(value as Report);
  return (validate.errors ?? []).map(inWords);
}

function inWords({ instancePath, message = 'is wrong', params }: ErrorObject): string {
  const extra = (params as Readonly<Record<string, unknown>>)['additionalProperty'];
  const name = typeof extra === 'string' ? ` (${quoted(extra)})` : '';
  return `${instancePath === '' ? 'the record' : oneLine(instancePath, 120)} ${message}${name}`;
}

function idsTwice({ rules }: Report): string[] {
  const seen = new Set<string>();
  for (const { id } of rules) {
    if (seen.has(id)) return [`the rule ${id} is in it twice`];
    seen.add(id);
  }
  return [];
}

function quoted(text: string): string {
  return `"${oneLine(text, 60)}"`;
}
