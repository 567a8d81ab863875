import { loadPackage } from './packages';

interface NativeSocket {
  send(
    buffer: Buffer,
    offset: number,
    length: number,
    address: string,
    callback: (error: Error | null, bytes: number) => void,
  ): this;
  pauseRecv(): this;
  close(): this;
}

interface RawSocketPackage {
  readonly AddressFamily: { readonly IPv6: number };
  readonly Protocol: { readonly ICMPv6: number };
  createSocket(options: { readonly addressFamily: number; readonly protocol: number }): NativeSocket;
}

/** A raw ICMPv6 socket as a plain Node program has it, through the `raw-socket` package. */
export interface PlainSocket {
  send(message: Buffer, destination: string): Promise<void>;
  close(): void;
}

// The package does not keep its native half alive while a send is under way: a socket that is collected never calls back.
const open = new Set<NativeSocket>();

/** @throws Error with the system's words, without a code */
export function openPlainIcmpv6(): PlainSocket {
  const raw = loadPackage('raw-socket') as RawSocketPackage;
  const socket = raw.createSocket({ addressFamily: raw.AddressFamily.IPv6, protocol: raw.Protocol.ICMPv6 });
  open.add(socket);
  socket.pauseRecv();
  return {
    send: (message, destination) =>
      new Promise((resolve, reject) => {
        socket.send(message, 0, message.length, destination, (error) => {
          if (error === null) resolve();
          else reject(error);
        });
      }),
    close: () => {
      open.delete(socket);
      socket.close();
    },
  };
}
