//  +----------+----------+---------------+    +----------+
//  |   type   |  length  |  data ...     |    |  0: Pad1 |    RFC 8200 §4.2
//  +----------+----------+---------------+    +----------+

import { DecodeError } from '../errors';
import { encodeExtensionHeader, extensionBytes, type ExtensionHeaderFields } from './extension-header';

/** Pad1 and PadN (RFC 8200), router alert (RFC 2711), jumbo payload (RFC 2675), home address (RFC 6275). */
export const OPTION = { pad1: 0, padN: 1, routerAlert: 0x05, jumboPayload: 0xc2, homeAddress: 0xc9 } as const;

/** Padding is an option like any other. `data` shares memory with the decoded bytes. */
export interface Option {
  readonly type: number;
  readonly data: Buffer;
}

/** Absent: no data, the length of the data. Pad1 is its type alone. */
export interface OptionFields {
  readonly type: number;
  readonly length?: number;
  readonly data?: Uint8Array;
}

/** A header that carries options: hop-by-hop or destination. */
export interface OptionsHeader {
  readonly nextHeader: number;
  readonly options: readonly Option[];
}

export interface OptionsHeaderFields extends ExtensionHeaderFields {
  readonly options?: readonly OptionFields[];
}

/** The options, then the Pad1 or PadN with which they and the header's two bytes fill a multiple of 8 bytes. */
export function encodeOptions(options: readonly OptionFields[]): Buffer {
  const encoded = Buffer.concat(options.map(encodeOption));
  const short = -(2 + encoded.length) & 7;
  if (short === 0) return encoded;
  const padding = short === 1 ? { type: OPTION.pad1 } : { type: OPTION.padN, data: Buffer.alloc(short - 2) };
  return Buffer.concat([encoded, encodeOption(padding)]);
}

function encodeOption({ type, data = Buffer.alloc(0), length = data.length }: OptionFields): Buffer {
  if (type === OPTION.pad1) return Buffer.of(type);
  const head = Buffer.alloc(2);
  head.writeUInt8(type, 0);
  head.writeUInt8(length, 1);
  return Buffer.concat([head, data]);
}

/** The options from `offset` to the end of `bytes`. */
export function decodeOptions(bytes: Buffer, offset = 0): Option[] {
  const options: Option[] = [];
  for (let at = offset; at < bytes.length;) {
    const type = bytes.readUInt8(at);
    const start = type === OPTION.pad1 ? at + 1 : at + 2;
    const end = type === OPTION.pad1 ? start : start + (bytes[at + 1] ?? 0);
    if (end > bytes.length) throw new DecodeError('option', at, end - at, bytes.length - at);
    options.push({ type, data: bytes.subarray(start, end) });
    at = end;
  }
  return options;
}

export function encodeOptionsHeader(fields: OptionsHeaderFields): Buffer {
  return encodeExtensionHeader(fields, encodeOptions(fields.options ?? []));
}

/** `header` names it in errors. */
export function decodeOptionsHeader(header: string, bytes: Buffer, offset: number): OptionsHeader {
  const end = offset + extensionBytes(header, bytes, offset).length;
  // Options are read in place, so that an error tells their offset in the packet.
  return { nextHeader: bytes.readUInt8(offset), options: decodeOptions(bytes.subarray(0, end), offset + 2) };
}
