import { openLibrary, type ForeignFunction, type ForeignLibrary } from '../../native/ffi';
import { windowsError } from './errors';

const VERSION_2_2 = 0x0202;
const WSADATA_BYTES = 408;

let started: ForeignLibrary | undefined;

/** `ws2_32.dll`, started. @throws SyscallError where Winsock does not start */
function winsock(): ForeignLibrary {
  if (started !== undefined) return started;
  const library = openLibrary('ws2_32.dll');
  const failure = library.function('int WSAStartup(uint16_t, void *)')(
    VERSION_2_2,
    Buffer.alloc(WSADATA_BYTES),
  );
  if (failure !== 0) throw windowsError('WSAStartup', failure, 'start Winsock');
  started = library;
  return library;
}

let askLastError: ForeignFunction | undefined;

/** The error of the Winsock call that this thread made last. */
export function lastError(): number {
  askLastError ??= winsock().function('int WSAGetLastError()');
  return askLastError();
}

/** A function of Winsock that returns -1 when it fails; then the call throws SyscallError. It is looked up when it is called first. */
export function winsockFunction(
  prototype: string,
): (what: string, ...args: Parameters<ForeignFunction>) => number {
  let call: ForeignFunction | undefined;
  const name = /(\w+)\(/.exec(prototype)?.[1] ?? prototype;
  return (what, ...args) => {
    call ??= winsock().function(prototype);
    const result = call(...args);
    if (result === -1) throw windowsError(name, lastError(), what);
    return result;
  };
}
