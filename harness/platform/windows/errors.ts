import { SyscallError } from '../../errors';

/**
 * Errors of Winsock that POSIX has too (`winsock2.h`, `winerror.h`): the number is 10000 more than the one beside the name.
 * The words of the system are in the language of the system, so nothing here asks for them.
 */
const POSIX = {
  EINTR: 4,
  EBADF: 9,
  EACCES: 13,
  EFAULT: 14,
  EINVAL: 22,
  EMFILE: 24,
  EWOULDBLOCK: 35,
  EINPROGRESS: 36,
  EALREADY: 37,
  ENOTSOCK: 38,
  EDESTADDRREQ: 39,
  EMSGSIZE: 40,
  EPROTOTYPE: 41,
  ENOPROTOOPT: 42,
  EPROTONOSUPPORT: 43,
  ESOCKTNOSUPPORT: 44,
  EOPNOTSUPP: 45,
  EPFNOSUPPORT: 46,
  EAFNOSUPPORT: 47,
  EADDRINUSE: 48,
  EADDRNOTAVAIL: 49,
  ENETDOWN: 50,
  ENETUNREACH: 51,
  ENETRESET: 52,
  ECONNABORTED: 53,
  ECONNRESET: 54,
  ENOBUFS: 55,
  EISCONN: 56,
  ENOTCONN: 57,
  ESHUTDOWN: 58,
  ETOOMANYREFS: 59,
  ETIMEDOUT: 60,
  ECONNREFUSED: 61,
  ELOOP: 62,
  ENAMETOOLONG: 63,
  EHOSTDOWN: 64,
  EHOSTUNREACH: 65,
  ENOTEMPTY: 66,
  EUSERS: 68,
  EDQUOT: 69,
  ESTALE: 70,
  EREMOTE: 71,
} as const;

/** What Winsock alone says, by the names of its header. */
const WINSOCK_ONLY: Readonly<Record<number, string>> = {
  10067: 'WSAEPROCLIM',
  10091: 'WSASYSNOTREADY',
  10092: 'WSAVERNOTSUPPORTED',
  10093: 'WSANOTINITIALISED',
  10101: 'WSAEDISCON',
  10105: 'WSAEINVALIDPROVIDER',
  10106: 'WSAEPROVIDERFAILEDINIT',
  10107: 'WSASYSCALLFAILURE',
  10108: 'WSASERVICE_NOT_FOUND',
};

/** Errors of the system itself that a Winsock call may hand on. */
const SYSTEM: Readonly<Record<number, readonly [string, string]>> = {
  5: ['EACCES', 'ERROR_ACCESS_DENIED'],
  6: ['EBADF', 'WSA_INVALID_HANDLE'],
  8: ['ENOMEM', 'WSA_NOT_ENOUGH_MEMORY'],
  87: ['EINVAL', 'WSA_INVALID_PARAMETER'],
};

const posixByNumber = new Map(Object.entries(POSIX).map(([name, number]) => [10000 + number, name]));

/** The name that POSIX gives an error of Winsock, and Winsock's own. An error that POSIX lacks keeps the name it has. */
export function namesOf(number: number): { readonly posix: string; readonly windows: string } {
  const mirrored = posixByNumber.get(number);
  if (mirrored !== undefined) {
    // POSIX has two names for this one, and the other is what callers look for.
    return { posix: mirrored === 'EWOULDBLOCK' ? 'EAGAIN' : mirrored, windows: `WSA${mirrored}` };
  }
  const [posix, windows] = SYSTEM[number] ?? [];
  if (posix !== undefined && windows !== undefined) return { posix, windows };
  const own = WINSOCK_ONLY[number] ?? `error ${String(number)}`;
  return { posix: own, windows: own };
}

/** A failed call: `code` is the POSIX name, `errno` the system's number. */
export function windowsError(call: string, number: number, what: string): SyscallError {
  const { posix, windows } = namesOf(number);
  const meaning = windows.startsWith('error') ? windows : `${windows}, ${String(number)}`;
  return new SyscallError(call, posix, number, what, meaning);
}
