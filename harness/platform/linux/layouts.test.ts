import {
  decodeSocketAddress,
  encodeSocketAddress,
  messageFlags,
  MSGHDR_BYTES,
  IOVEC_BYTES,
  readMessageHeader,
  writeMessageHeader,
  writeVector,
} from './layouts';

// What a C program printed for these structures (glibc 2.36, x86-64).
const SOCKADDR_IN6 = '0a00003a00000000fe80000000000000000000000001000207000000';
const SOCKADDR_IN = '02000009c00002010000000000000000';
const MSGHDR =
  '88776655443322111c0000000000000000ffeeddccbbaa990300000000000000080706050403020128000000000000000000000000000000';
const MSGHDR_RETURNED =
  '88776655443322111c0000000000000000ffeeddccbbaa990300000000000000080706050403020118000000000000002800000000000000';
const IOVEC = '8877665544332211d204000000000000';

describe('struct sockaddr_in6', () => {
  const address = { family: 'inet6', address: 'fe80::1:2', port: 58, scope: 7 } as const;

  test('is encoded as C lays it out', () => {
    expect(encodeSocketAddress(address).toString('hex')).toBe(SOCKADDR_IN6);
  });

  test('is decoded', () => {
    expect(decodeSocketAddress(Buffer.from(SOCKADDR_IN6, 'hex'))).toEqual(address);
  });

  test('that was cut short is no address', () => {
    for (let length = 0; length < 28; length += 1) {
      expect(decodeSocketAddress(Buffer.from(SOCKADDR_IN6, 'hex').subarray(0, length))).toBeUndefined();
    }
  });
});

describe('struct sockaddr_in', () => {
  const address = { family: 'inet', address: '192.0.2.1', port: 9 } as const;

  test('is encoded as C lays it out', () => {
    expect(encodeSocketAddress(address).toString('hex')).toBe(SOCKADDR_IN);
  });

  test('is decoded', () => {
    expect(decodeSocketAddress(Buffer.from(SOCKADDR_IN, 'hex'))).toEqual({ ...address, scope: 0 });
  });
});

test('struct msghdr is written as C lays it out', () => {
  const bytes = Buffer.alloc(MSGHDR_BYTES);
  writeMessageHeader(bytes, {
    name: 0x1122334455667788n,
    nameLength: 28,
    vectors: 0x99aabbccddeeff00n,
    vectorCount: 3,
    control: 0x0102030405060708n,
    controlLength: 40,
  });
  expect(bytes.toString('hex')).toBe(MSGHDR);
});

test('struct msghdr is read as recvmsg(2) leaves it', () => {
  expect(readMessageHeader(Buffer.from(MSGHDR_RETURNED, 'hex'))).toEqual({
    nameLength: 28,
    controlLength: 24,
    flags: 0x28,
  });
});

test('struct iovec is written as C lays it out', () => {
  const bytes = Buffer.alloc(IOVEC_BYTES);
  writeVector(bytes, 0x1122334455667788n, 1234, 0);
  expect(bytes.toString('hex')).toBe(IOVEC);
});

test('flags are those of the C headers', () => {
  expect(messageFlags(['more', 'peek', 'dont-route', 'truncate', 'dont-wait', 'error-queue'])).toBe(
    0x8000 | 0x2 | 0x4 | 0x20 | 0x40 | 0x2000,
  );
});
