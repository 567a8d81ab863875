import { closeSync, openSync, readSync } from 'node:fs';
import type { Architecture } from './kernel';

/** What a dynamic loader reads in an executable or a shared library. */
export interface Elf {
  /** Undefined for one that no guest has. */
  readonly architecture: Architecture | undefined;
  /** The path of the loader itself; undefined in most libraries. */
  readonly interpreter: string | undefined;
  /** Names of the libraries that it is linked with. */
  readonly needed: readonly string[];
  /** Folders in which these are looked for first. */
  readonly runpath: readonly string[];
}

/** Offsets in the ELF header, in a program header and in an entry of the dynamic section, 64 bits, little endian (elf(5)). */
const HEADER = { machine: 18, programs: 32, size: 54, count: 56, length: 64 } as const;
const PROGRAM = { type: 0, offset: 8, address: 16, size: 32 } as const;
const DYNAMIC = { tag: 0, value: 8, length: 16 } as const;
const TYPES = { load: 1, dynamic: 2, interpreter: 3 } as const;
const TAGS = { needed: 1, strings: 5, size: 10, rpath: 15, runpath: 29 } as const;
const MACHINES: Readonly<Record<number, Architecture>> = { 62: 'x64', 183: 'arm64' };
/** The magic number, and then: 64 bits, little endian. */
const MAGIC = '\x7fELF\x02\x01';

/** Undefined for what is no ELF file of 64 bits, least significant byte first. @throws Error for a file that cannot be read */
export function readElf(path: string): Elf | undefined {
  const descriptor = openSync(path, 'r');
  try {
    return elfIn((offset, length) => {
      const bytes = Buffer.alloc(length);
      readSync(descriptor, bytes, 0, length, offset);
      return bytes;
    });
  } finally {
    closeSync(descriptor);
  }
}

function elfIn(read: (offset: number, length: number) => Buffer): Elf | undefined {
  const header = read(0, HEADER.length);
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  const long = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));
  const size = header.readUInt16LE(HEADER.size);
  const table = read(long(header, HEADER.programs), size * header.readUInt16LE(HEADER.count));
  const segments = pieces(table, size).map((entry) => ({
    type: entry.readUInt32LE(PROGRAM.type),
    offset: long(entry, PROGRAM.offset),
    address: long(entry, PROGRAM.address),
    size: long(entry, PROGRAM.size),
  }));
  const contents = (type: number): Buffer => {
    const segment = segments.find((candidate) => candidate.type === type);
    return segment === undefined ? Buffer.alloc(0) : read(segment.offset, segment.size);
  };
  const dynamic = pieces(contents(TYPES.dynamic), DYNAMIC.length).map((entry) => ({
    tag: long(entry, DYNAMIC.tag),
    value: long(entry, DYNAMIC.value),
  }));
  const values = (tag: number): number[] =>
    dynamic.filter((entry) => entry.tag === tag).map(({ value }) => value);
  // The section has addresses in memory; the segment that covers one tells where that is in the file.
  const [address = 0] = values(TAGS.strings);
  const home = segments.find(
    (segment) =>
      segment.type === TYPES.load && address >= segment.address && address < segment.address + segment.size,
  );
  const strings =
    home === undefined
      ? Buffer.alloc(0)
      : read(home.offset + address - home.address, values(TAGS.size)[0] ?? 0);
  const named = (tag: number): string[] => values(tag).map((at) => text(strings, at));
  const interpreter = text(contents(TYPES.interpreter), 0);
  return {
    architecture: MACHINES[header.readUInt16LE(HEADER.machine)],
    interpreter: interpreter === '' ? undefined : interpreter,
    needed: named(TAGS.needed),
    runpath: [...named(TAGS.rpath), ...named(TAGS.runpath)].flatMap((folders) => folders.split(':')),
  };
}

function pieces(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: size === 0 ? 0 : Math.floor(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

/** A string that a zero ends. */
function text(bytes: Buffer, at: number): string {
  const end = bytes.indexOf(0, at);
  return bytes.toString('utf8', at, end === -1 ? bytes.length : end);
}
