import { SyscallError } from '../../errors';
import { errno, errorNames, openLibrary, type ForeignFunction } from '../../native/ffi';

const library = openLibrary(null);
const EAGAIN = 11;
const strerror = found('const char *strerror(int)') as unknown as (number: number) => string;

type Arguments = Parameters<ForeignFunction>;

/** A function of the C library that returns -1 and sets errno when it fails; then the call throws SyscallError. */
export function libcFunction(prototype: string): (what: string, ...args: Arguments) => number {
  const call = found(prototype);
  const name = nameIn(prototype);
  return (what, ...args) => {
    const result = call(...args);
    if (result === -1) throw lastError(name, what);
    return result;
  };
}

/**
 * The same, but undefined where the call would have to wait (EAGAIN). That is how every queue ends and no failure, and an Error
 * costs more than the call.
 */
export function nonBlockingFunction(
  prototype: string,
): (what: string, ...args: Arguments) => number | undefined {
  const call = found(prototype);
  const name = nameIn(prototype);
  return (what, ...args) => {
    const result = call(...args);
    if (result !== -1) return result;
    if (errno() === EAGAIN) return undefined;
    throw lastError(name, what);
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

/** It is looked up when it is called first, so that these modules load on a system that has other functions. */
function found(prototype: string): ForeignFunction {
  let call: ForeignFunction | undefined;
  return (...args) => (call ??= library.function(prototype))(...args);
}

function nameIn(prototype: string): string {
  return /(\w+)\(/.exec(prototype)?.[1] ?? prototype;
}
