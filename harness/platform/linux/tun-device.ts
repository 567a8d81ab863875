import { closeSync, constants, openSync, readSync } from 'node:fs';
import { LabError, wordsOf } from '../../errors';
import type { FrameListener, Tap } from '../../lab/ground';
import { errno, openLibrary, type ForeignFunction } from '../../native/ffi';
import { BARE } from '../../packet/link-layer';
import { ip } from './commands';
import { lastError, libcFunction } from './libc';

const PATH = '/dev/net/tun';
const TUNSETIFF = 0x400454ca;
const TUNSETOFFLOAD = 0x400454d0;
const IFF_TUN = 0x0001;
const IFF_NO_PI = 0x1000;
const IFNAMSIZ = 16;
const EAGAIN = 11;

/** Packets that may wait until they are read: more than any rule sends before it looks. */
const QUEUE = 16_384;
const PACKET_BYTES = 65_536;
/** The numbers before a device's dropped packets in its line of `/proc/net/dev`: eight received ones, then sent ones. */
const BEFORE_DROPPED = 8 + 3;

const ioctl = libcFunction('int ioctl(int, unsigned long, void *)');
const write = libcFunction('long write(int, void *, size_t)');

let foundRead: ForeignFunction | undefined;

/** read(2). It returns -1 whenever nothing waits, which is no error here. */
function read(...args: Parameters<ForeignFunction>): number {
  foundRead ??= openLibrary(null).function('long read(int, void *, size_t)');
  return foundRead(...args);
}

/** A TUN device, which is gone when it is closed, or when the process ends. */
export interface TunDevice extends Tap {
  close(): void;
}

/**
 * Makes a TUN device in the calling thread's network namespace: whatever the host sends over it is read here, and what is
 * written here has arrived at the host (tuntap.rst of the kernel's documentation). Checksums are the host's own: no offload.
 * @throws LabError where there is no such device, or it may not be used
 */
export function openTun(name: string): TunDevice {
  const descriptor = openCloneDevice();
  const ifreq = Buffer.alloc(IFNAMSIZ + 24);
  ifreq.write(name, 'latin1');
  ifreq.writeUInt16LE(IFF_TUN | IFF_NO_PI, IFNAMSIZ);
  ioctl(`make the TUN device ${name}`, descriptor, TUNSETIFF, ifreq);
  ioctl(`turn the offloads of ${name} off`, descriptor, TUNSETOFFLOAD, null);
  ip([`link set ${name} txqueuelen ${String(QUEUE)}`]);
  const dropped = countDropped(name);
  let before = dropped.count();
  let listener: FrameListener = () => undefined;
  const packet = Buffer.alloc(PACKET_BYTES);
  return {
    linkLayer: BARE,
    listen: (next) => {
      listener = next;
    },
    drain: () => {
      for (;;) {
        const length = read(descriptor, packet, PACKET_BYTES);
        if (length >= 0) listener(packet, length);
        else if (errno() === EAGAIN) return;
        else throw new LabError(lastError('read', `read from ${name}`).message);
      }
    },
    send: (frame) => {
      try {
        write(`write to ${name}`, descriptor, frame, frame.length);
      } catch (error) {
        // The instrument's fault, not the host's.
        throw new LabError(wordsOf(error), { cause: error });
      }
    },
    lost: () => {
      const now = dropped.count();
      const since = now - before;
      before = now;
      return since;
    },
    close: () => {
      dropped.close();
      closeSync(descriptor);
    },
  };
}

/** The device that makes others. @throws LabError with what helps */
export function openCloneDevice(): number {
  try {
    return openSync(PATH, constants.O_RDWR | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const help =
      code === 'EACCES' || code === 'EPERM'
        ? `Run as root, or allow it: chmod 666 ${PATH}. In a container it has to be let in: --device ${PATH}.`
        : `Load the driver: modprobe tun. In a container it has to be let in: --device ${PATH}.`;
    throw new LabError(`Cannot open ${PATH}: ${wordsOf(error)}. ${help}`, { cause: error });
  }
}

/** Counts packets that found the queue full. The file belongs to the namespace that it was opened in, and is read many times. */
function countDropped(name: string): { count(): number; close(): void } {
  const file = openSync('/proc/thread-self/net/dev', 'r');
  const text = Buffer.alloc(4096);
  return {
    count: () => {
      const lines = text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)).split('\n');
      const line = lines.map((each) => each.trim().split(/[\s:]+/)).find(([device]) => device === name);
      if (line === undefined)
        throw new LabError(`Cannot count the packets that ${name} lost: it is not there`);
      return Number(line[1 + BEFORE_DROPPED]);
    },
    close: () => {
      closeSync(file);
    },
  };
}
