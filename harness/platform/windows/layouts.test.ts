import { decodeControl, encodeControl, int } from '../../socket/control';
import { encodePacketInfo } from '../../socket/ancillary';
import {
  control,
  decodeMessage,
  decodePoll,
  decodeSocketAddress,
  encodeGuid,
  encodeMessage,
  encodePoll,
  encodeSocketAddress,
  MSG_CTRUNC,
  MSG_TRUNC,
  POLLRDNORM,
  POLLWRNORM,
  WSABUF_BYTES,
  writeBuffer,
} from './layouts';

// What a C program printed for these structures (mingw-w64 10.0 for x86-64, under Wine 8.0).
const SOCKADDR_IN6 = '1700003a00000000fe80000000000000000000000001000207000000';
const SOCKADDR_IN = '02000009c00002010000000000000000';
const WSABUF = 'd2040000000000008877665544332211';
const WSAMSG =
  '88776655443322111c0000000000000000ffeeddccbbaa990300000000000000280000000000000008070605040302010203000000000000';
const WSAPOLLFD = '88776655443302001001020000000000';
const CONTROL =
  '14000000000000002900000015000000400000000000000024000000000000002900000013000000000000000000000000000000000000010700000000000000';
const WSAID_WSARECVMSG = 'c8d789f61f6f6b438a53e54fe351c322';

describe('sockaddr_in6', () => {
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

describe('sockaddr_in', () => {
  const address = { family: 'inet', address: '192.0.2.1', port: 9 } as const;

  test('is encoded as C lays it out', () => {
    expect(encodeSocketAddress(address).toString('hex')).toBe(SOCKADDR_IN);
  });

  test('is decoded', () => {
    expect(decodeSocketAddress(Buffer.from(SOCKADDR_IN, 'hex'))).toEqual({ ...address, scope: 0 });
  });
});

test('WSABUF is written as C lays it out', () => {
  const bytes = Buffer.alloc(WSABUF_BYTES);
  writeBuffer(bytes, 0x1122334455667788n, 1234);
  expect(bytes.toString('hex')).toBe(WSABUF);
});

test('WSAMSG is encoded as C lays it out, and what was written back is read', () => {
  const message = {
    name: 0x1122334455667788n,
    nameLength: 28,
    buffers: 0x99aabbccddeeff00n,
    bufferCount: 3,
    control: 0x0102030405060708n,
    controlLength: 40,
    flags: MSG_TRUNC | MSG_CTRUNC | 2,
  };
  expect(encodeMessage(message).toString('hex')).toBe(WSAMSG);
  expect(decodeMessage(Buffer.from(WSAMSG, 'hex'))).toEqual({
    nameLength: 28,
    controlLength: 40,
    flags: 0x302,
  });
});

test('WSACMSGHDR and its padding are as C lays them out, in both directions', () => {
  const objects = [
    { level: 41, type: 21, data: int(64) },
    { level: 41, type: 19, data: encodePacketInfo({ address: '::1', interface: 7 }) },
  ];
  expect(encodeControl(control, objects).toString('hex')).toBe(CONTROL);
  expect(decodeControl(control, Buffer.from(CONTROL, 'hex'))).toEqual(objects);
});

test('WSAPOLLFD is encoded as C lays it out, and its events are read', () => {
  const asked = encodePoll(0x0002_3344_5566_7788, POLLRDNORM | POLLWRNORM);
  expect(asked.toString('hex')).toBe(WSAPOLLFD.replace('1001020000000000', '1001000000000000'));
  expect(decodePoll(Buffer.from(WSAPOLLFD, 'hex'))).toBe(2);
});

test('a GUID is encoded as C lays it out', () => {
  expect(encodeGuid('f689d7c8-6f1f-436b-8a53-e54fe351c322').toString('hex')).toBe(WSAID_WSARECVMSG);
});
