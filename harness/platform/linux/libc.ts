import { SyscallError } from '../../errors';
import { errno, errorNames, openLibrary, type ForeignFunction } from '../../native/ffi';

const library = openLibrary(null);

/**
 * A function of the C library that returns -1 and sets errno when it fails; then the call throws SyscallError. It is looked
 * up when it is called first, so that these modules load on a system that has other functions.
 */
export function libcFunction(
  prototype: string,
): (what: string, ...args: Parameters<ForeignFunction>) => number {
  let call: ForeignFunction | undefined;
  const name = /(\w+)\(/.exec(prototype)?.[1] ?? prototype;
  return (what, ...args) => {
    call ??= library.function(prototype);
    const result = call(...args);
    if (result === -1) throw lastError(name, what);
    return result;
  };
}

/** The error of the foreign call that this thread made last. */
export function lastError(call: string, what: string): SyscallError {
  const number = errno();
  const strerror = library.function('const char *strerror(int)') as unknown as (number: number) => string;
  return new SyscallError(
    call,
    errorNames.get(number) ?? `E${String(number)}`,
    number,
    what,
    strerror(number),
  );
}
