import { readdirSync, readlinkSync } from 'node:fs';
import { LabError, wordsOf } from '../../errors';
import { openCapture } from '../../native/cap';
import type { FrameListener, Tap } from '../../lab/ground';
import { ETHERNET } from '../../packet/link-layer';
import { read32, write32 } from './layouts';
import { libcFunction } from './libc';

const SOL_PACKET = 263;
const PACKET_STATISTICS = 6;
/** A slot of the ring holds the largest frame of its device: on the loopback interface that is 64 KiB. */
const RING_BYTES = { ethernet: 1 << 21, loopback: 1 << 24 } as const;

const getsockopt = libcFunction('int getsockopt(int, int, int, void *, void *)');

/** A capture on an interface of the calling thread's namespace. @throws LabError */
export function openTap(device: string, filter = ''): Tap {
  let listener: FrameListener = () => undefined;
  const ring = device === 'lo' ? RING_BYTES.loopback : RING_BYTES.ethernet;
  const before = new Set(sockets());
  const capture = asLabError(`capture on ${device}`, () =>
    openCapture(device, filter, ring, (bytes, length) => {
      listener(bytes, length);
    }),
  );
  // The package does not say how many frames it lost, but the kernel does, if it is asked on the package's own socket.
  const descriptor = sockets().find((candidate) => !before.has(candidate));
  if (descriptor === undefined) throw new LabError(`Cannot find the capture's socket on ${device}`);
  return {
    linkLayer: ETHERNET,
    listen: (next) => {
      listener = next;
    },
    // The package watches its socket in the event loop.
    drain: () => undefined,
    send: (frame) => {
      capture.send(frame);
    },
    lost: () => {
      // `struct tpacket_stats`: packets, drops; reading resets both (packet(7)).
      const statistics = Buffer.alloc(8);
      const length = Buffer.alloc(4);
      write32(length, statistics.length, 0);
      getsockopt('count lost frames', descriptor, SOL_PACKET, PACKET_STATISTICS, statistics, length);
      return read32(statistics, 4);
    },
  };
}

function sockets(): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((descriptor) => {
      try {
        return readlinkSync(`/proc/self/fd/${String(descriptor)}`).startsWith('socket:');
      } catch {
        return false;
      }
    });
}

function asLabError<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new LabError(`Cannot ${what}: ${wordsOf(error)}`, {
      cause: error,
    });
  }
}
