//  +------------+--------------+--------------------+--------------+
//  | block type | total length |  body, to 32 bits  | total length |   draft-ietf-opsawg-pcapng
//  +------------+--------------+--------------------+--------------+
//  A reader of what a run leaves behind: one little-endian section with its interfaces. It keeps an index of where the
//  packets are, so that showing a few of a hundred thousand costs no more than finding them.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { withoutCall } from './text';

const BLOCK = { section: 0x0a0d0d0a, interface: 1, enhancedPacket: 6 } as const;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const OPTION = { end: 0, comment: 1 } as const;
/** From the start of a packet's block to its first captured byte. */
const HEAD = 28;

export interface EvidencePacket {
  /** Microseconds since 1970. */
  readonly time: bigint;
  /** The captured frame, from whatever header its link has. */
  readonly frame: Buffer;
  /** What that is: pcapng's LINKTYPE_. */
  readonly linkType: number;
  /** The id of the rule that it belongs to. */
  readonly comment: string | undefined;
}

export interface Evidence {
  readonly count: number;
  /** Of the whole file, in lower-case hexadecimal. */
  readonly sha256: string;
  /** `number` counts from 1, as Wireshark does; undefined beyond the last. */
  packet(number: number): EvidencePacket | undefined;
}

/**
 * Reads the pcapng file of a run.
 *
 * @throws {Error} with what is wrong and where, when the file cannot be read, is no pcapng or is cut short.
 */
export function readEvidence(file: string): Evidence {
  return decodeEvidence(bytesOf(file), file);
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`Cannot read the evidence ${file}: ${withoutCall((error as Error).message)}`, {
      cause: error,
    });
  }
}

/** The same for bytes; `file` is what errors call them. */
export function decodeEvidence(bytes: Buffer, file: string): Evidence {
  const fault = (at: number, what: string): Error =>
    new Error(`Cannot read the evidence ${file}: ${what} at byte ${String(at)}`);
  if (bytes.length < 12 || bytes.readUInt32LE(0) !== BLOCK.section)
    throw fault(0, 'no pcapng section begins');
  if (bytes.readUInt32LE(8) !== BYTE_ORDER_MAGIC) throw fault(8, 'another byte order is used');
  const linkTypes: number[] = [];
  const starts: number[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 12 > bytes.length) throw fault(at, 'a block is cut short');
    const length = bytes.readUInt32LE(at + 4);
    if (length < 12 || length % 4 !== 0 || at + length > bytes.length) {
      throw fault(at, 'a block is cut short, or has an impossible length,');
    }
    const type = bytes.readUInt32LE(at);
    if (type === BLOCK.interface) linkTypes.push(bytes.readUInt16LE(at + 8));
    if (type === BLOCK.enhancedPacket) {
      if (length < HEAD + 4 || HEAD + bytes.readUInt32LE(at + 20) + 4 > length) {
        throw fault(at, 'a packet is longer than its block');
      }
      starts.push(at);
    }
    at += length;
  }
  return {
    count: starts.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    packet(number) {
      const at = starts[number - 1];
      return at === undefined ? undefined : packetAt(bytes, at, linkTypes);
    },
  };
}

function packetAt(bytes: Buffer, at: number, linkTypes: readonly number[]): EvidencePacket {
  const block = bytes.subarray(at, at + bytes.readUInt32LE(at + 4) - 4);
  const captured = block.readUInt32LE(20);
  return {
    time: (BigInt(block.readUInt32LE(12)) << 32n) | BigInt(block.readUInt32LE(16)),
    frame: block.subarray(HEAD, HEAD + captured),
    linkType: linkTypes[block.readUInt32LE(8)] ?? 0,
    comment: commentIn(block.subarray(HEAD + captured + (-captured & 3))),
  };
}

function commentIn(options: Buffer): string | undefined {
  for (let at = 0; at + 4 <= options.length;) {
    const code = options.readUInt16LE(at);
    const length = options.readUInt16LE(at + 2);
    if (code === OPTION.end || at + 4 + length > options.length) return undefined;
    if (code === OPTION.comment) return options.toString('utf8', at + 4, at + 4 + length);
    at += 4 + length + (-length & 3);
  }
  return undefined;
}
