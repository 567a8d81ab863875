import { parseAddress } from '../packet/address';

/**
 * The functions of RFC 3542 §7 and §10 in the C library of the system under test. A pointer that they return is given as an
 * offset into the caller's buffer, and NULL as `undefined`.
 */
export interface Inet6Functions {
  rthSpace(type: number, segments: number): number;
  rthInit(header: Buffer, length: number, type: number, segments: number): number | undefined;
  rthAdd(header: Buffer, address: Buffer): number;
  rthReverse(from: Buffer, into: Buffer): number;
  rthSegments(header: Buffer): number;
  rthGetAddress(header: Buffer, index: number): number | undefined;
  optInit(header: Buffer | null, length: number): number;
  optAppend(
    header: Buffer | null,
    length: number,
    offset: number,
    option: { readonly type: number; readonly length: number; readonly align: number },
  ): { readonly offset: number; readonly data: number | undefined };
  optFinish(header: Buffer | null, length: number, offset: number): number;
  /** `at` is where the option's data begins in `header`. */
  optSetValue(header: Buffer, at: number, offset: number, value: Buffer): number;
  optNext(header: Buffer, length: number, offset: number): FoundOption;
  optFind(header: Buffer, length: number, offset: number, type: number): Omit<FoundOption, 'type'>;
  optGetValue(header: Buffer, at: number, offset: number, value: Buffer): number;
}

export interface FoundOption {
  /** What the function returned: the offset behind the option, or -1. */
  readonly offset: number;
  readonly type: number;
  readonly length: number;
  readonly data: number | undefined;
}

/** A type 0 routing header with these addresses, built by the library itself. */
export function builtRouting(library: Inet6Functions, addresses: readonly string[]): Buffer {
  const header = Buffer.alloc(8 + 16 * addresses.length);
  library.rthInit(header, header.length, 0, addresses.length);
  for (const address of addresses) library.rthAdd(header, parseAddress(address));
  return header;
}
