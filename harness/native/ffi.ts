import koffi from 'koffi';

/** A C function: numbers and bigints are passed as they are, a Buffer as the address of its first byte, null as NULL. */
export type ForeignFunction = (...args: (number | bigint | string | Uint8Array | null)[]) => number;

/** A shared library, or the process itself: `function` finds a C function by its prototype, in C's own words. */
export interface ForeignLibrary {
  function(prototype: string): ForeignFunction;
  has(symbol: string): boolean;
}

/**
 * Opens a shared library; `null` stands for the libraries that the process has loaded already, the C library among them.
 * Only scalar and `void *` types are used: structures are encoded as bytes, so that no type is registered twice when a
 * module is loaded by two module systems of one process.
 * @throws Error of the dynamic linker
 */
export function openLibrary(path: string | null): ForeignLibrary {
  const library = koffi.load(path);
  return {
    function: (prototype) => library.func(prototype) as ForeignFunction,
    has: (symbol) => {
      try {
        library.func(`void ${symbol}()`);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** The C function at an address that another one handed out, by the C types of its result and its parameters. */
export function functionAt(address: bigint, result: string, parameters: readonly string[]): ForeignFunction {
  // Without a name, so that no type is registered.
  const type = koffi.proto(result, [...parameters]);
  return (...args) => koffi.call(address, type, ...args) as number;
}

/** `errno` of the last foreign call of this thread. */
export function errno(): number {
  return koffi.errno();
}

/** The address of a Buffer's first byte. The Buffer must stay referenced for as long as the address is used: see `keepAlive`. */
export function addressOf(bytes: Uint8Array): bigint {
  return koffi.address(bytes);
}

const alive: { last: readonly Uint8Array[] } = { last: [] };

/**
 * Called after a foreign call that was given addresses: until then these Buffers are not collected. A variable that is not used
 * again does not keep its value, once its function was optimized; a C function would read, or write, memory that was freed.
 */
export function keepAlive(...bytes: readonly Uint8Array[]): void {
  alive.last = bytes;
}

/** The system's own names of its error numbers: 22 is `EINVAL`. */
export const errorNames: ReadonlyMap<number, string> = new Map(
  Object.entries(koffi.os.errno)
    .filter(([name]) => name !== 'EWOULDBLOCK' && name !== 'ENOTSUP')
    .map(([name, number]) => [number, name] as const),
);
