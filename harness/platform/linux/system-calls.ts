import { SyscallError } from '../../errors';
import { addressOf, keepAlive } from '../../native/ffi';
import { describeMessage, describeOption, describeSocket, inBytes } from '../../socket/describe';
import type { Option } from '../../socket/options';
import type { IncomingMessage, OutgoingMessage, SystemCalls } from '../../socket/system-calls';
import { receiveFirstBytes } from './first-bytes';
import {
  AF_INET,
  AF_INET6,
  AF_UNSPEC,
  decodeSocketAddress,
  encodeSocketAddress,
  IOVEC_BYTES,
  messageFlags,
  MMSGHDR_BYTES,
  MSG_CTRUNC,
  MSG_TRUNC,
  MSGHDR_BYTES,
  read32,
  readMessageHeader,
  SOCKADDR_IN6_BYTES,
  write32,
  writeMessageHeader,
  writeVector,
} from './layouts';
import { libcFunction, nonBlockingFunction } from './libc';
import { options } from './options';

const TYPES = { stream: 1, datagram: 2, raw: 3 } as const;
const SOCK_NONBLOCK = 0x800;
const SOCK_CLOEXEC = 0x80000;
const POLLIN = 1;
const POLLOUT = 4;

const libc = {
  socket: libcFunction('int socket(int, int, int)'),
  close: libcFunction('int close(int)'),
  bind: libcFunction('int bind(int, void *, unsigned int)'),
  connect: libcFunction('int connect(int, void *, unsigned int)'),
  getsockname: libcFunction('int getsockname(int, void *, void *)'),
  getpeername: libcFunction('int getpeername(int, void *, void *)'),
  shutdown: libcFunction('int shutdown(int, int)'),
  listen: libcFunction('int listen(int, int)'),
  accept: libcFunction('int accept4(int, void *, void *, int)'),
  write: libcFunction('long write(int, void *, size_t)'),
  send: libcFunction('long send(int, void *, size_t, int)'),
  sendto: libcFunction('long sendto(int, void *, size_t, int, void *, unsigned int)'),
  sendmsg: libcFunction('long sendmsg(int, void *, int)'),
  sendmmsg: libcFunction('int sendmmsg(int, void *, unsigned int, int)'),
  recvmsg: nonBlockingFunction('long recvmsg(int, void *, int)'),
  getsockopt: libcFunction('int getsockopt(int, int, int, void *, void *)'),
  setsockopt: libcFunction('int setsockopt(int, int, int, void *, unsigned int)'),
  poll: libcFunction('int poll(void *, unsigned long, int)'),
};

/** The system calls of Linux for sockets of the network namespace that the calling thread is in. */
export const systemCalls: SystemCalls = {
  socket: (kind) =>
    libc.socket(
      `open a ${describeSocket(kind)}`,
      kind.family === 'inet6' ? AF_INET6 : AF_INET,
      TYPES[kind.type] | SOCK_NONBLOCK | SOCK_CLOEXEC,
      kind.protocol,
    ),
  close: (socket) => {
    libc.close('close a socket', socket);
  },
  bind: (socket, address) => {
    const name = encodeSocketAddress(address);
    libc.bind(`bind to ${address.address}`, socket, name, name.length);
  },
  connect: (socket, address) => {
    const name = address === undefined ? unspecified() : encodeSocketAddress(address);
    libc.connect(`connect to ${address?.address ?? 'no one'}`, socket, name, name.length);
  },
  localAddress: (socket) => nameOf(libc.getsockname, 'ask for the local address', socket),
  peerAddress: (socket) => nameOf(libc.getpeername, "ask for the peer's address", socket),
  shutdown: (socket, how) => {
    libc.shutdown(`shut down ${how === 'read' ? 'reading' : 'writing'}`, socket, how === 'read' ? 0 : 1);
  },
  listen: (socket) => {
    libc.listen('listen', socket, 1);
  },
  accept: (socket) => libc.accept('accept a connection', socket, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC),
  write: (socket, data) => libc.write(`write ${inBytes(data.length)}`, socket, data, data.length),
  send: (socket, data, flags) =>
    libc.send(`send ${inBytes(data.length)}`, socket, data, data.length, messageFlags(flags)),
  sendTo: (socket, data, to, flags) => {
    const name = encodeSocketAddress(to);
    return libc.sendto(
      `send ${inBytes(data.length)} to ${to.address}`,
      socket,
      data,
      data.length,
      messageFlags(flags),
      name,
      name.length,
    );
  },
  sendMessage: (socket, message) => {
    const header = Buffer.alloc(MSGHDR_BYTES);
    const pointedAt = writeMessage(header, 0, message);
    const sent = libc.sendmsg(
      `send ${describeMessage(message)}`,
      socket,
      header,
      messageFlags(message.flags ?? []),
    );
    keepAlive(...pointedAt);
    return sent;
  },
  sendMessages: (socket, messages) => {
    const headers = Buffer.alloc(MMSGHDR_BYTES * messages.length);
    const pointedAt = messages.flatMap((message, index) =>
      writeMessage(headers, index * MMSGHDR_BYTES, message),
    );
    const flags = messageFlags(messages[0]?.flags ?? []);
    const sent = libc.sendmmsg(
      `send ${String(messages.length)} messages`,
      socket,
      headers,
      messages.length,
      flags,
    );
    keepAlive(...pointedAt);
    return sent;
  },
  receiveMessage: (socket, room, flags) => receive(socket, room.data, room.control, messageFlags(flags)),
  receiveFirstBytes,
  getOption: (socket, option, room) => {
    const place = placeOf(option, 'getsockopt');
    const value = Buffer.alloc(Math.max(room, 1));
    const length = Buffer.alloc(4);
    write32(length, room >>> 0, 0);
    libc.getsockopt(`get ${describeOption(option)}`, socket, place.level, place.name, value, length);
    return value.subarray(0, read32(length, 0));
  },
  setOption: (socket, option, value, length = value?.length ?? 0) => {
    const place = placeOf(option, 'setsockopt');
    libc.setsockopt(
      `set ${describeOption(option)}`,
      socket,
      place.level,
      place.name,
      value ?? null,
      length >>> 0,
    );
  },
  poll: (socket, timeout) => {
    const request = Buffer.alloc(8);
    write32(request, socket, 0);
    request.writeUInt8(POLLIN | POLLOUT, 4);
    libc.poll('wait for a socket', request, 1, timeout);
    const events = request.readUInt8(6);
    return { readable: (events & POLLIN) !== 0, writable: (events & POLLOUT) !== 0 };
  },
};

/** Where messages are received before they are copied out, so that one costs what it holds and not what it might. */
const scratch = {
  data: Buffer.alloc(65_536),
  control: Buffer.alloc(10_240),
  name: Buffer.alloc(SOCKADDR_IN6_BYTES),
  vector: Buffer.alloc(IOVEC_BYTES),
  header: Buffer.alloc(MSGHDR_BYTES),
};

function receive(
  socket: number,
  room: number,
  controlRoom: number,
  flags: number,
): IncomingMessage | undefined {
  const data = room <= scratch.data.length ? scratch.data : Buffer.alloc(room);
  const control = controlRoom <= scratch.control.length ? scratch.control : Buffer.alloc(controlRoom);
  const { name, vector, header } = scratch;
  writeVector(vector, addressOf(data), room, 0);
  writeMessageHeader(header, {
    name: addressOf(name),
    nameLength: name.length,
    vectors: addressOf(vector),
    vectorCount: 1,
    control: controlRoom === 0 ? 0n : addressOf(control),
    controlLength: controlRoom,
  });
  const length = libc.recvmsg('receive', socket, header, flags);
  if (length === undefined) return undefined;
  const got = readMessageHeader(header);
  return {
    data: Buffer.from(data.subarray(0, Math.min(length, room))),
    length,
    from: decodeSocketAddress(name.subarray(0, got.nameLength)),
    control: Buffer.from(control.subarray(0, got.controlLength)),
    truncated: (got.flags & MSG_TRUNC) !== 0,
    controlTruncated: (got.flags & MSG_CTRUNC) !== 0,
  };
}

/** Writes a `msghdr` and returns what it points at, which must stay alive until the call is over. */
function writeMessage(header: Buffer, offset: number, message: OutgoingMessage): readonly Buffer[] {
  const { parts, control = Buffer.alloc(0) } = message;
  const name = message.to === undefined ? Buffer.alloc(0) : encodeSocketAddress(message.to);
  const vectors = Buffer.alloc(Math.max(1, parts.length) * IOVEC_BYTES);
  const address = (bytes: Buffer): bigint => (bytes.length === 0 ? 0n : addressOf(bytes));
  parts.forEach((part, index) => {
    writeVector(vectors, address(part), part.length, index * IOVEC_BYTES);
  });
  writeMessageHeader(
    header,
    {
      name: address(name),
      nameLength: name.length,
      vectors: address(vectors),
      vectorCount: parts.length,
      control: address(control),
      controlLength: control.length,
    },
    offset,
  );
  return [name, vectors, control, ...parts];
}

function nameOf(call: (typeof libc)['getsockname'], what: string, socket: number) {
  const name = Buffer.alloc(SOCKADDR_IN6_BYTES);
  const length = Buffer.alloc(4);
  write32(length, name.length, 0);
  call(what, socket, name, length);
  const address = decodeSocketAddress(name.subarray(0, read32(length, 0)));
  if (address === undefined) throw new Error(`Cannot ${what}: the system returned no address`);
  return address;
}

function unspecified(): Buffer {
  const name = Buffer.alloc(SOCKADDR_IN6_BYTES);
  name.writeUInt16LE(AF_UNSPEC, 0);
  return name;
}

function placeOf(option: Option, call: string): { readonly level: number; readonly name: number } {
  if (typeof option !== 'string') return option;
  const place = options[option];
  if ('absent' in place) throw new SyscallError(call, 'ABSENT', 0, `use the option ${option}`, place.absent);
  return place;
}
