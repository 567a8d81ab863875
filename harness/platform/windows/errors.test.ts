import { namesOf, windowsError } from './errors';

// Numbers as mingw-w64's winsock2.h defines them.
test.each([
  [10004, 'EINTR', 'WSAEINTR'],
  [10013, 'EACCES', 'WSAEACCES'],
  [10022, 'EINVAL', 'WSAEINVAL'],
  [10035, 'EAGAIN', 'WSAEWOULDBLOCK'],
  [10038, 'ENOTSOCK', 'WSAENOTSOCK'],
  [10040, 'EMSGSIZE', 'WSAEMSGSIZE'],
  [10042, 'ENOPROTOOPT', 'WSAENOPROTOOPT'],
  [10043, 'EPROTONOSUPPORT', 'WSAEPROTONOSUPPORT'],
  [10047, 'EAFNOSUPPORT', 'WSAEAFNOSUPPORT'],
  [10049, 'EADDRNOTAVAIL', 'WSAEADDRNOTAVAIL'],
  [10065, 'EHOSTUNREACH', 'WSAEHOSTUNREACH'],
  [10071, 'EREMOTE', 'WSAEREMOTE'],
  [10093, 'WSANOTINITIALISED', 'WSANOTINITIALISED'],
  [87, 'EINVAL', 'WSA_INVALID_PARAMETER'],
  [4711, 'error 4711', 'error 4711'],
])('error %i is %s', (number, posix, windows) => {
  expect(namesOf(number)).toEqual({ posix, windows });
});

test('the sentence says both names and the number, in no language but its own', () => {
  const error = windowsError('socket', 10013, 'open a raw ICMPv6 socket');
  expect(error).toMatchObject({
    code: 'EACCES',
    errno: 10013,
    call: 'socket',
    message: 'Cannot open a raw ICMPv6 socket: EACCES (WSAEACCES, 10013)',
  });
  expect(windowsError('bind', 4711, 'bind').message).toBe('Cannot bind: error 4711 (error 4711)');
});
