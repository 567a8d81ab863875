import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { wordsOf } from '../errors';
import { BuildError } from './errors';

export type Architecture = 'x64' | 'arm64';

export interface Kernel {
  readonly path: string;
  readonly architecture: Architecture;
  /** What `uname -r` will say; undefined where the image does not tell without being unpacked. */
  readonly release: string | undefined;
}

/** The boot protocol's part of an x86 kernel (Documentation/arch/x86/boot.rst). */
const HEADER = { magic: 0x202, version: 0x20e } as const;
const SETUP = 0x8000;
/** The first bytes of a file of gzip(1) (RFC 1952). */
const GZIP = 0x1f8b;
/** What /proc/version begins with, and then the release. */
const BANNER = 'Linux version ';

/** Looks at a kernel image. @throws BuildError for what is none, or cannot be read */
export function readKernel(path: string): Kernel {
  const start = beginning(path);
  if (start.toString('latin1', HEADER.magic, HEADER.magic + 4) === 'HdrS') {
    const at = start.readUInt16LE(HEADER.version) + 0x200;
    const text = start.toString('latin1', at, start.indexOf(0, at));
    return { path, architecture: 'x64', release: text.split(' ')[0] };
  }
  // Images for arm64 are not packed, but a distribution may have packed the whole, which QEMU unpacks.
  const packed = start.readUInt16BE(0) === GZIP;
  const image = packed ? unpacked(path) : start;
  // "ARM\x64" at offset 56 (Documentation/arch/arm64/booting.rst).
  if (image.toString('latin1', 56, 60) === 'ARM\x64')
    return { path, architecture: 'arm64', release: releaseIn(packed ? image : readFileSync(path)) };
  // EFI programs that unpack the kernel themselves name what is in them (include/linux/pe.h).
  if (start.toString('latin1', 0, 2) === 'MZ' && start.toString('latin1', 4, 8) === 'zimg')
    return { path, architecture: machineOf(start), release: undefined };
  throw new BuildError(`Cannot boot ${path}: it is not a kernel image for x86-64 or arm64.`);
}

/** Undefined for an image without its banner. */
function releaseIn(image: Buffer): string | undefined {
  const at = image.indexOf(BANNER, 0, 'latin1') + BANNER.length;
  return at < BANNER.length ? undefined : image.toString('latin1', at, image.indexOf(' ', at));
}

function unpacked(path: string): Buffer {
  try {
    return gunzipSync(readFileSync(path));
  } catch (error) {
    throw new BuildError(`Cannot unpack the kernel ${path}: ${wordsOf(error)}`);
  }
}

function machineOf(start: Buffer): Architecture {
  const at = start.readUInt32LE(0x3c) + 4;
  return start.readUInt16LE(at) === 0xaa64 ? 'arm64' : 'x64';
}

function beginning(path: string): Buffer {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(SETUP);
      readSync(descriptor, bytes, 0, SETUP, 0);
      return bytes;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new BuildError(`Cannot read the kernel ${path}: ${wordsOf(error)}`);
  }
}
