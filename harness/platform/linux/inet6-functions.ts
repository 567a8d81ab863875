import { LabError } from '../../errors';
import type { Inet6Functions } from '../../lab/library';
import { addressOf, keepAlive, openLibrary, type ForeignFunction } from '../../native/ffi';
import { read32 } from './layouts';

const library = openLibrary(null);

/** `socklen_t` and `uint32_t` are given as they are on every system that has these functions: 32 bits, unsigned. */
const PROTOTYPES = {
  inet6_rth_space: 'uint32_t inet6_rth_space(int, int)',
  inet6_rth_init: 'uintptr_t inet6_rth_init(void *, uint32_t, int, int)',
  inet6_rth_add: 'int inet6_rth_add(void *, void *)',
  inet6_rth_reverse: 'int inet6_rth_reverse(void *, void *)',
  inet6_rth_segments: 'int inet6_rth_segments(void *)',
  inet6_rth_getaddr: 'uintptr_t inet6_rth_getaddr(void *, int)',
  inet6_opt_init: 'int inet6_opt_init(void *, uint32_t)',
  inet6_opt_append: 'int inet6_opt_append(void *, uint32_t, int, uint8_t, uint32_t, unsigned int, void *)',
  inet6_opt_finish: 'int inet6_opt_finish(void *, uint32_t, int)',
  inet6_opt_set_val: 'int inet6_opt_set_val(uintptr_t, int, void *, uint32_t)',
  inet6_opt_next: 'int inet6_opt_next(void *, uint32_t, int, void *, void *, void *)',
  inet6_opt_find: 'int inet6_opt_find(void *, uint32_t, int, uint8_t, void *, void *)',
  inet6_opt_get_val: 'int inet6_opt_get_val(uintptr_t, int, void *, uint32_t)',
} as const;

type Name = keyof typeof PROTOTYPES;

const found = new Map<Name, ForeignFunction>();

function call(name: Name, ...args: Parameters<ForeignFunction>): number {
  let foreign = found.get(name);
  if (foreign === undefined) {
    if (!library.has(name)) throw new LabError(`Cannot call ${name}: this C library has none`);
    foreign = library.function(PROTOTYPES[name]);
    found.set(name, foreign);
  }
  return foreign(...args);
}

/** `true`, or why the functions cannot be called. RFC 3542 promises them to programs; the kernel has no part in them. */
export function hasInet6Functions(): true | string {
  const missing = (Object.keys(PROTOTYPES) as Name[]).filter((name) => !library.has(name));
  if (missing.length === 0) return true;
  return `Not applicable: this C library has no ${missing.join(', ')}.`;
}

/** Where a returned pointer points, as an offset from the first byte of `buffer`. */
function offsetIn(buffer: Buffer | null, pointer: number | bigint): number | undefined {
  if (BigInt(pointer) === 0n || buffer === null) return undefined;
  return Number(BigInt(pointer) - addressOf(buffer));
}

function pointerAt(bytes: Buffer): bigint {
  return read32(Buffer.from([1, 0, 0, 0]), 0) === 1 ? bytes.readBigUInt64LE() : bytes.readBigUInt64BE();
}

export const inet6Functions: Inet6Functions = {
  rthSpace: (type, segments) => call('inet6_rth_space', type, segments),
  rthInit: (header, length, type, segments) =>
    offsetIn(header, call('inet6_rth_init', header, length, type, segments)),
  rthAdd: (header, address) => call('inet6_rth_add', header, address),
  rthReverse: (from, into) => call('inet6_rth_reverse', from, into),
  rthSegments: (header) => call('inet6_rth_segments', header),
  rthGetAddress: (header, index) => offsetIn(header, call('inet6_rth_getaddr', header, index)),
  optInit: (header, length) => call('inet6_opt_init', header, length),
  optAppend: (header, length, offset, option) => {
    const data = Buffer.alloc(8);
    const end = call(
      'inet6_opt_append',
      header,
      length,
      offset,
      option.type,
      option.length,
      option.align,
      data,
    );
    return { offset: end, data: offsetIn(header, pointerAt(data)) };
  },
  optFinish: (header, length, offset) => call('inet6_opt_finish', header, length, offset),
  optSetValue: (header, at, offset, value) => {
    const end = call('inet6_opt_set_val', addressOf(header) + BigInt(at), offset, value, value.length);
    keepAlive(header);
    return end;
  },
  optNext: (header, length, offset) => {
    const [type, size, data] = [Buffer.alloc(1), Buffer.alloc(4), Buffer.alloc(8)];
    const end = call('inet6_opt_next', header, length, offset, type, size, data);
    return {
      offset: end,
      type: type.readUInt8(),
      length: read32(size, 0),
      data: offsetIn(header, pointerAt(data)),
    };
  },
  optFind: (header, length, offset, type) => {
    const [size, data] = [Buffer.alloc(4), Buffer.alloc(8)];
    const end = call('inet6_opt_find', header, length, offset, type, size, data);
    return { offset: end, length: read32(size, 0), data: offsetIn(header, pointerAt(data)) };
  },
  optGetValue: (header, at, offset, value) => {
    const end = call('inet6_opt_get_val', addressOf(header) + BigInt(at), offset, value, value.length);
    keepAlive(header);
    return end;
  },
};
