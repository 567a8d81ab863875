import { SyscallError } from '../../errors';
import { errno, errorNames, openLibrary, type ForeignFunction } from '../../native/ffi';

const library = openLibrary(null);
const strerror = library.function('const char *strerror(int)') as unknown as (number: number) => string;

/** A function of the C library that returns -1 and sets errno when it fails; then the call throws SyscallError. */
export function libcFunction(
  prototype: string,
): (what: string, ...args: Parameters<ForeignFunction>) => number {
  const call = library.function(prototype);
  const name = /(\w+)\(/.exec(prototype)?.[1] ?? prototype;
  return (what, ...args) => {
    const result = call(...args);
    if (result === -1) throw lastError(name, what);
    return result;
  };
}

/** The error of the foreign call that this thread made last. */
export function lastError(call: string, what: string): SyscallError {
  const number = errno();
  return new SyscallError(
    call,
    errorNames.get(number) ?? `E${String(number)}`,
    number,
    what,
    strerror(number),
  );
}
