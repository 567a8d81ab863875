import { SyscallError } from '../../errors';
import { ancillary } from '../../socket/ancillary';
import { outcomeOf, Socket } from '../../socket/socket';
import { describeOnWindows } from '../only-on';
import { system } from './system';

const UDP = { family: 'inet6', type: 'datagram', protocol: 17 } as const;
const { calls } = system;

/** Loopback delivers before `sendto` returns, or as good as: the socket itself tells when. */
const arrivals = { settle: (): void => undefined };

describeOnWindows('Winsock', () => {
  const opened: number[] = [];
  const open = (kind: Parameters<typeof calls.socket>[0] = UDP): Socket => {
    const descriptor = calls.socket(kind);
    opened.push(descriptor);
    return new Socket(system, arrivals, descriptor);
  };
  const bound = (): Socket => {
    const socket = open();
    socket.bind('::1');
    return socket;
  };
  const received = (socket: Socket, ...room: Parameters<Socket['receive']>) => {
    expect(calls.poll(socket.descriptor, 5000).readable).toBe(true);
    return socket.receive(...room);
  };
  afterEach(() => {
    for (const descriptor of opened.splice(0)) calls.close(descriptor);
  });

  test('a datagram crosses with its bytes and the address of its sender', () => {
    const [from, to] = [bound(), bound()];
    expect(from.sendTo(Buffer.from('abc'), to.localAddress)).toBe(3);
    expect(received(to)).toMatchObject({ data: Buffer.from('abc'), length: 3, from: from.localAddress });
    expect(from.localAddress).toMatchObject({ family: 'inet6', address: '::1', scope: 0 });
  });

  test('nothing queued is no error, and the socket says so itself', () => {
    const socket = bound();
    expect(socket.receive()).toBeUndefined();
    expect(socket.ready).toEqual({ readable: false, writable: true });
  });

  test('WSASendMsg gathers the pieces of a message', () => {
    const [from, to] = [bound(), bound()];
    expect(from.sendMessage([Buffer.from('ab'), Buffer.alloc(0), Buffer.from('c')], to.localAddress)).toBe(3);
    expect(received(to)?.data.toString()).toBe('abc');
  });

  test('WSARecvMsg returns the ancillary data that was asked for', () => {
    const [from, to] = [bound(), bound()];
    to.enable('receive-packet-info', 'receive-hop-limit');
    from.setInt('unicast-hops', 77);
    from.sendTo(Buffer.from('abc'), to.localAddress);
    const message = received(to);
    expect(message?.ancillary.packetInfo).toMatchObject({ address: '::1' });
    expect(message?.ancillary.hopLimit).toBe(77);
    expect(message).toMatchObject({ truncated: false, controlTruncated: false });
  });

  test('a datagram that is longer than the room is cut, and said to be', () => {
    const [from, to] = [bound(), bound()];
    from.sendTo(Buffer.from('abcdef'), to.localAddress);
    expect(received(to, { data: 4 })).toMatchObject({ data: Buffer.from('abcd'), truncated: true });
    expect(to.receive()).toBeUndefined();
  });

  test('a control buffer without room is said to be cut', () => {
    const [from, to] = [bound(), bound()];
    to.enable('receive-packet-info', 'receive-hop-limit');
    from.sendTo(Buffer.from('abc'), to.localAddress);
    expect(received(to, { control: 8 })).toMatchObject({ data: Buffer.from('abc'), controlTruncated: true });
  });

  test('peeking leaves the message where it is', () => {
    const [from, to] = [bound(), bound()];
    from.sendTo(Buffer.from('abc'), to.localAddress);
    expect(received(to, {}, ['peek'])?.data.toString()).toBe('abc');
    expect(to.receive()?.data.toString()).toBe('abc');
  });

  test('a connected socket sends, knows its peer, and can be dissolved', () => {
    const [from, to] = [bound(), bound()];
    from.connect(to.localAddress);
    expect(from.peerAddress).toEqual(to.localAddress);
    expect(from.send(Buffer.from('abc'))).toBe(3);
    expect(received(to)?.data.toString()).toBe('abc');
    from.disconnect();
    expect(outcomeOf(() => from.peerAddress)).toBe('ENOTCONN');
  });

  test('options are read as they were written', () => {
    const socket = open();
    socket.setInt('unicast-hops', 3);
    socket.setInt('multicast-hops', 4);
    expect([socket.getInt('unicast-hops'), socket.getInt('multicast-hops')]).toEqual([3, 4]);
    expect(socket.getInt('type')).toBe(2);
    expect(socket.pendingError).toBe(0);
  });

  test('first bytes of many messages, oldest first', () => {
    const [from, to] = [bound(), bound()];
    for (const byte of [3, 1, 2]) from.sendTo(Buffer.from([byte, 9]), to.localAddress);
    received(to, {}, ['peek']);
    expect([...calls.receiveFirstBytes(to.descriptor)]).toEqual([3, 1, 2]);
    expect(calls.receiveFirstBytes(to.descriptor)).toHaveLength(0);
  });

  test('errors have their POSIX names and their own numbers', () => {
    const socket = bound();
    const address = socket.localAddress;
    const raised = (action: () => unknown): unknown => {
      try {
        action();
        return 'succeeds';
      } catch (error) {
        return error instanceof SyscallError ? [error.code, error.errno] : error;
      }
    };
    expect(
      raised(() => {
        open().bind(address);
      }),
    ).toEqual(['EADDRINUSE', 10048]);
    expect(
      raised(() => {
        open().bind('2001:db8::1');
      }),
    ).toEqual(['EADDRNOTAVAIL', 10049]);
    expect(raised(() => socket.sendTo(Buffer.alloc(70_000), address))).toEqual(['EMSGSIZE', 10040]);
    expect(
      raised(() => {
        socket.setOption({ level: 41, name: 9999 }, Buffer.alloc(4));
      }),
    ).toEqual(['ENOPROTOOPT', 10042]);
    expect(raised(() => socket.peerAddress)).toEqual(['ENOTCONN', 10057]);
    expect(raised(() => calls.localAddress(4))).toEqual(['ENOTSOCK', 10038]);
  });

  test('what Windows has not is absent, with the reason', () => {
    const socket = open();
    expect(() => socket.getFilter()).toThrow(/Cannot use the option icmp6-filter: ABSENT .*no ICMP6_FILTER/);
    expect(outcomeOf(() => socket.sendTo(Buffer.alloc(8), '::1', ['more']))).toBe('ABSENT');
    expect(outcomeOf(() => socket.sendMessages([Buffer.alloc(8)], '::1'))).toBe('ABSENT');
    expect(outcomeOf(() => socket.write(Buffer.alloc(8)))).toBe('ABSENT');
  });

  test('a stream is accepted, and closes', () => {
    const listener = open({ family: 'inet6', type: 'stream', protocol: 6 });
    listener.bind('::1');
    listener.listen();
    const client = open({ family: 'inet6', type: 'stream', protocol: 6 });
    expect(
      outcomeOf(() => {
        client.connect(listener.localAddress);
      }),
    ).toBe('EAGAIN');
    expect(calls.poll(listener.descriptor, 5000).readable).toBe(true);
    const accepted = listener.accept();
    opened.push(accepted.descriptor);
    expect(accepted.peerAddress).toEqual(client.localAddress);
    client.shutdown('write');
    expect(calls.poll(accepted.descriptor, 5000).readable).toBe(true);
  });

  test('a raw socket receives what follows the last IPv6 header, which it never sees', () => {
    const raw = open({ family: 'inet6', type: 'raw', protocol: 17 });
    raw.bind('::1');
    const [from, to] = [bound(), bound()];
    from.sendTo(Buffer.from('abc'), to.localAddress);
    const datagram = received(raw)?.data;
    expect(datagram?.readUInt16BE(0)).toBe(from.localAddress.port);
    expect(datagram?.readUInt16BE(2)).toBe(to.localAddress.port);
    expect(datagram?.subarray(8).toString()).toBe('abc');
  });

  test('ancillary data is accepted by WSASendMsg', () => {
    const [from, to] = [bound(), bound()];
    const sent = from.sendMessage(Buffer.from('abc'), to.localAddress, {
      ancillary: [ancillary.hopLimit(7)],
    });
    expect(sent).toBe(3);
    expect(received(to)?.data.toString()).toBe('abc');
  });
});
