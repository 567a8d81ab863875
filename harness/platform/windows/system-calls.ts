import { SyscallError } from '../../errors';
import { addressOf, functionAt, keepAlive } from '../../native/ffi';
import { describeMessage, describeOption, describeSocket, inBytes } from '../../socket/describe';
import type { Option } from '../../socket/options';
import type {
  IncomingMessage,
  MessageFlag,
  OutgoingMessage,
  SocketAddress,
  SystemCalls,
} from '../../socket/system-calls';
import { windowsError } from './errors';
import {
  AF_INET,
  AF_INET6,
  decodeMessage,
  decodePoll,
  decodeSocketAddress,
  encodeGuid,
  encodeMessage,
  encodePoll,
  encodeSocketAddress,
  MSG_CTRUNC,
  MSG_DONTROUTE,
  MSG_PEEK,
  MSG_TRUNC,
  POLLHUP,
  POLLRDNORM,
  POLLWRNORM,
  SOCKADDR_IN6_BYTES,
  WSABUF_BYTES,
  writeBuffer,
} from './layouts';
import { options } from './options';
import { lastError, winsockFunction } from './winsock';

const TYPES = { stream: 1, datagram: 2, raw: 3 } as const;
/** WSA_FLAG_OVERLAPPED, as socket() has it, and WSA_FLAG_NO_HANDLE_INHERIT. */
const SOCKET_FLAGS = 0x81;
const FIONBIO = 0x8004667e;
const SIO_GET_EXTENSION_FUNCTION_POINTER = 0xc8000006;
const WSAID_WSARECVMSG = 'f689d7c8-6f1f-436b-8a53-e54fe351c322';

const winsock = {
  socket: winsockFunction('intptr_t WSASocketW(int, int, int, void *, unsigned int, uint32_t)'),
  close: winsockFunction('int closesocket(uintptr_t)'),
  bind: winsockFunction('int bind(uintptr_t, void *, int)'),
  connect: winsockFunction('int connect(uintptr_t, void *, int)'),
  getsockname: winsockFunction('int getsockname(uintptr_t, void *, void *)'),
  getpeername: winsockFunction('int getpeername(uintptr_t, void *, void *)'),
  shutdown: winsockFunction('int shutdown(uintptr_t, int)'),
  listen: winsockFunction('int listen(uintptr_t, int)'),
  accept: winsockFunction('intptr_t accept(uintptr_t, void *, void *)'),
  send: winsockFunction('int send(uintptr_t, void *, int, int)'),
  sendto: winsockFunction('int sendto(uintptr_t, void *, int, int, void *, int)'),
  sendmsg: winsockFunction('int WSASendMsg(uintptr_t, void *, uint32_t, void *, void *, void *)'),
  ioctl: winsockFunction(
    'int WSAIoctl(uintptr_t, uint32_t, void *, uint32_t, void *, uint32_t, void *, void *, void *)',
  ),
  getsockopt: winsockFunction('int getsockopt(uintptr_t, int, int, void *, void *)'),
  setsockopt: winsockFunction('int setsockopt(uintptr_t, int, int, void *, int)'),
  poll: winsockFunction('int WSAPoll(void *, uint32_t, int)'),
};

/** The socket calls of Windows: Winsock 2, with its errors under their POSIX names. */
export const systemCalls: SystemCalls = {
  socket: (kind) => {
    const what = `open a ${describeSocket(kind)}`;
    const family = kind.family === 'inet6' ? AF_INET6 : AF_INET;
    const socket = winsock.socket(what, family, TYPES[kind.type], kind.protocol, null, 0, SOCKET_FLAGS);
    setNonBlocking(socket, what);
    return socket;
  },
  close: (socket) => {
    winsock.close('close a socket', socket);
  },
  bind: (socket, address) => {
    const name = encodeSocketAddress(address);
    winsock.bind(`bind to ${address.address}`, socket, name, name.length);
  },
  connect: (socket, address) => {
    // Winsock dissolves an association with the unspecified address, not with an unspecified family.
    const name = encodeSocketAddress(address ?? { address: '::' });
    winsock.connect(`connect to ${address?.address ?? 'no one'}`, socket, name, name.length);
  },
  localAddress: (socket) => nameOf(winsock.getsockname, 'ask for the local address', socket),
  peerAddress: (socket) => nameOf(winsock.getpeername, "ask for the peer's address", socket),
  shutdown: (socket, how) => {
    winsock.shutdown(`shut down ${how === 'read' ? 'reading' : 'writing'}`, socket, how === 'read' ? 0 : 1);
  },
  listen: (socket) => {
    winsock.listen('listen', socket, 1);
  },
  accept: (socket) => {
    const accepted = winsock.accept('accept a connection', socket, null, null);
    setNonBlocking(accepted, 'accept a connection');
    return accepted;
  },
  write: () => {
    throw absent(
      'write',
      'write to a socket',
      'Winsock has no write(): a socket is no file of the C library.',
    );
  },
  send: (socket, data, flags) =>
    winsock.send(`send ${inBytes(data.length)}`, socket, data, data.length, bitsOf(flags)),
  sendTo: (socket, data, to, flags) => {
    const name = encodeSocketAddress(to);
    return winsock.sendto(
      `send ${inBytes(data.length)} to ${to.address}`,
      socket,
      data,
      data.length,
      bitsOf(flags),
      name,
      name.length,
    );
  },
  sendMessage,
  sendMessages: () => {
    throw absent('sendmmsg', 'send many messages', 'Winsock has no call that sends many messages.');
  },
  receiveMessage: (socket, room, flags) => receive(socket, room, bitsOf(flags)),
  receiveFirstBytes: (socket) => {
    const bytes: number[] = [];
    while (bytes.length < MESSAGES) {
      const message = receive(socket, { data: 1, control: 0 }, 0);
      if (message === undefined) break;
      bytes.push(message.data[0] ?? 0);
    }
    return Buffer.from(bytes);
  },
  getOption: (socket, option, room) => {
    const place = placeOf(option, 'getsockopt');
    const value = Buffer.alloc(Math.max(room, 1));
    const length = Buffer.alloc(4);
    length.writeInt32LE(room | 0, 0);
    winsock.getsockopt(`get ${describeOption(option)}`, socket, place.level, place.name, value, length);
    return value.subarray(0, length.readInt32LE(0));
  },
  setOption: (socket, option, value, length = value?.length ?? 0) => {
    const place = placeOf(option, 'setsockopt');
    winsock.setsockopt(
      `set ${describeOption(option)}`,
      socket,
      place.level,
      place.name,
      value ?? null,
      length | 0,
    );
  },
  poll: (socket, timeout) => {
    const request = encodePoll(socket, POLLRDNORM | POLLWRNORM);
    winsock.poll('wait for a socket', request, 1, timeout);
    const events = decodePoll(request);
    // What was hung up can be read without waiting, to its end; POSIX says so with POLLIN.
    return { readable: (events & (POLLRDNORM | POLLHUP)) !== 0, writable: (events & POLLWRNORM) !== 0 };
  },
};

/** The most messages that one `receiveFirstBytes` takes. */
const MESSAGES = 256;

function setNonBlocking(socket: number, what: string): void {
  const on = Buffer.from([1, 0, 0, 0]);
  try {
    winsock.ioctl(what, socket, FIONBIO, on, on.length, null, 0, Buffer.alloc(4), null, null);
  } catch (error) {
    systemCalls.close(socket);
    throw error;
  }
}

function sendMessage(socket: number, message: OutgoingMessage): number {
  const pointedAt: Buffer[] = [];
  const pointer = (bytes: Buffer | undefined): bigint => {
    if (bytes === undefined || bytes.length === 0) return 0n;
    pointedAt.push(bytes);
    return addressOf(bytes);
  };
  const name = message.to === undefined ? undefined : encodeSocketAddress(message.to);
  const buffers = Buffer.alloc(Math.max(1, message.parts.length) * WSABUF_BYTES);
  message.parts.forEach((part, index) => {
    writeBuffer(buffers, pointer(part), part.length, index * WSABUF_BYTES);
  });
  const header = encodeMessage({
    name: pointer(name),
    nameLength: name?.length ?? 0,
    buffers: pointer(buffers),
    bufferCount: message.parts.length,
    control: pointer(message.control),
    controlLength: message.control?.length ?? 0,
    flags: 0,
  });
  const sent = Buffer.alloc(4);
  winsock.sendmsg(
    `send ${describeMessage(message)}`,
    socket,
    header,
    bitsOf(message.flags ?? []),
    sent,
    null,
    null,
  );
  keepAlive(...pointedAt);
  return sent.readUInt32LE(0);
}

/** Where messages are received before they are copied out, so that one costs what it holds and not what it might. */
const scratch = { data: Buffer.alloc(65_536), control: Buffer.alloc(10_240) };

/** WSARecvMsg is no export of the library: a socket's provider hands its address out (`mswsock.h`). */
const receivers = new Map<string, ReturnType<typeof functionAt>>();

function receiverOf(socket: number): ReturnType<typeof functionAt> {
  const guid = encodeGuid(WSAID_WSARECVMSG);
  const found = Buffer.alloc(8);
  winsock.ioctl(
    'find WSARecvMsg',
    socket,
    SIO_GET_EXTENSION_FUNCTION_POINTER,
    guid,
    guid.length,
    found,
    found.length,
    Buffer.alloc(4),
    null,
    null,
  );
  const key = found.toString('hex');
  let receiver = receivers.get(key);
  if (receiver === undefined) {
    const pointer = 'void *';
    receiver = functionAt(found.readBigUInt64LE(0), 'int', ['uintptr_t', pointer, pointer, pointer, pointer]);
    receivers.set(key, receiver);
  }
  return receiver;
}

function receive(
  socket: number,
  room: { readonly data: number; readonly control: number },
  flags: number,
): IncomingMessage | undefined {
  const data = room.data <= scratch.data.length ? scratch.data : Buffer.alloc(room.data);
  const control = room.control <= scratch.control.length ? scratch.control : Buffer.alloc(room.control);
  const name = Buffer.alloc(SOCKADDR_IN6_BYTES);
  const buffer = Buffer.alloc(WSABUF_BYTES);
  writeBuffer(buffer, addressOf(data), room.data);
  const header = encodeMessage({
    name: addressOf(name),
    nameLength: name.length,
    buffers: addressOf(buffer),
    bufferCount: 1,
    control: room.control === 0 ? 0n : addressOf(control),
    controlLength: room.control,
    flags,
  });
  const received = Buffer.alloc(4);
  const result = receiverOf(socket)(socket, header, received, null, null);
  keepAlive(data, control, name, buffer);
  let tooLong = false;
  if (result === -1) {
    const error = windowsError('WSARecvMsg', lastError(), 'receive');
    if (error.code === 'EAGAIN') return undefined;
    // Winsock calls it an error that a datagram was longer than the room, and fills the room all the same.
    if (error.code !== 'EMSGSIZE') throw error;
    tooLong = true;
  }
  const got = decodeMessage(header);
  const length = tooLong ? room.data : received.readUInt32LE(0);
  return {
    data: Buffer.from(data.subarray(0, Math.min(length, room.data))),
    length,
    from: decodeSocketAddress(name.subarray(0, got.nameLength)),
    control: Buffer.from(control.subarray(0, Math.min(got.controlLength, room.control))),
    truncated: tooLong || (got.flags & MSG_TRUNC) !== 0,
    controlTruncated: (got.flags & MSG_CTRUNC) !== 0,
  };
}

function nameOf(call: typeof winsock.getsockname, what: string, socket: number): SocketAddress {
  const name = Buffer.alloc(SOCKADDR_IN6_BYTES);
  const length = Buffer.alloc(4);
  length.writeInt32LE(name.length, 0);
  call(what, socket, name, length);
  const address = decodeSocketAddress(name.subarray(0, length.readInt32LE(0)));
  if (address === undefined) throw new Error(`Cannot ${what}: the system returned no address`);
  return address;
}

/** Every socket is non-blocking, so `dont-wait` asks for nothing more. */
const FLAGS: Readonly<Record<MessageFlag, number | { readonly absent: string }>> = {
  peek: MSG_PEEK,
  'dont-route': MSG_DONTROUTE,
  'dont-wait': 0,
  more: { absent: 'Winsock has no MSG_MORE: a datagram is handed over in one call.' },
  truncate: { absent: 'Winsock has no MSG_TRUNC that asks for the full length.' },
  'error-queue': { absent: 'Winsock has no MSG_ERRQUEUE.' },
};

function bitsOf(flags: readonly MessageFlag[]): number {
  return flags.reduce((bits, flag) => {
    const value = FLAGS[flag];
    if (typeof value !== 'number') throw absent('send', `use the flag ${flag}`, value.absent);
    return bits | value;
  }, 0);
}

function placeOf(option: Option, call: string): { readonly level: number; readonly name: number } {
  if (typeof option !== 'string') return option;
  const place = options[option];
  if ('absent' in place) throw absent(call, `use the option ${option}`, place.absent);
  return place;
}

function absent(call: string, what: string, why: string): SyscallError {
  return new SyscallError(call, 'ABSENT', 0, what, why);
}
