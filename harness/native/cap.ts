import { loadPackage } from './packages';

/** Called for every frame; the bytes are overwritten by the next one. */
export type FrameHandler = (bytes: Buffer, length: number) => void;

/** An open capture that can also put frames on the wire. */
export interface Capture {
  send(frame: Buffer): void;
}

interface NativeCap {
  open(device: string, filter: string, bufferSize: number, buffer: Buffer): string;
  send(buffer: Buffer, length: number): void;
  on(event: 'packet', listener: (length: number, truncated: boolean) => void): void;
}

/** Frames are delivered into one buffer; the largest that an interface of the laboratory can carry fits. */
const FRAME_BYTES = 65_536 + 18;

// The package keeps no reference to what it works with: a capture or a buffer that is collected is written to afterwards.
// An open capture also cannot be closed before the process ends. So both live as long as the process.
const open: { readonly capture: NativeCap; readonly buffer: Buffer }[] = [];

/**
 * Opens a capture on an interface of the calling thread's network namespace. `ring` is the size of the
 * kernel's buffer in bytes, `filter` libpcap's expression for what to capture (empty: everything), `linkType` the package's name for what frames have to begin with. Frames that this capture sends are not
 * handed to it.
 * @throws Error with libpcap's words
 */
export function openCapture(
  device: string,
  filter: string,
  ring: number,
  onFrame: FrameHandler,
  linkType = 'ETHERNET',
): Capture {
  const { Cap } = loadPackage('cap') as { readonly Cap: new () => NativeCap };
  const capture = new Cap();
  const buffer = Buffer.alloc(FRAME_BYTES);
  open.push({ capture, buffer });
  const found = capture.open(device, filter, ring, buffer);
  if (found !== linkType) throw new Error(`${device} has link type ${found}, not ${linkType}`);
  capture.on('packet', (length) => {
    onFrame(buffer, length);
  });
  return {
    send: (frame) => {
      capture.send(frame, frame.length);
    },
  };
}
