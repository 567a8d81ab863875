import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evidence } from '../lab/evidence';
import { encodePcapngInterface, encodePcapngSection } from '../packet/pcapng';
import { unwritable, writeAll } from '../../reports/write';

const CHUNK = 1 << 20;
const ENHANCED_PACKET = 6;
const OPTION_COMMENT = 1;
const HEAD = 28;
const TAIL = 4;

// Globals of a jest test file are slow to reach, and every packet is stamped.
const clock = performance;
const ORIGIN = clock.timeOrigin;

/**
 * Evidence in a file that has no name until it is complete, so that a run that dies leaves none behind. Memory is bounded by
 * one chunk however much crosses.
 */
export class EvidenceFile implements Evidence {
  readonly #path = join(tmpdir(), `rfc3542-${String(process.pid)}.pcapng`);
  readonly #descriptor: number;
  readonly #chunk = Buffer.alloc(CHUNK);
  #used = 0;
  #length = 0;
  #packets = 0;
  #first = 1;
  #links: string[] = [];
  #fault: unknown;
  /** The rule's id as an option of a packet block, ready to be copied, with the end of options and the block's tail. */
  #comment = commentOption('');

  constructor() {
    this.#descriptor = openSync(this.#path, 'wx+');
    unlinkSync(this.#path);
    this.append(encodePcapngSection('rfc3542'));
  }

  get packets(): number {
    return this.#packets;
  }

  link(name: string, linkType: number): { add(bytes: Buffer, length: number): void } {
    const index = this.#links.length;
    this.#links.push(name);
    this.append(encodePcapngInterface(name, linkType));
    return {
      add: (bytes, length) => {
        this.add(index, bytes, length);
      },
    };
  }

  begin(rule: string): void {
    this.#comment = commentOption(rule);
    this.#first = this.#packets + 1;
  }

  end(): { first: number; count: number } {
    return { first: this.#first, count: this.#packets + 1 - this.#first };
  }

  /**
   * Hands the whole file to `write` in chunks and returns its SHA-256. The evidence takes nothing after this.
   * @throws {UnwritableFile} when not all of it could be kept
   */
  finish(write: (chunk: Buffer) => void): string {
    this.flush();
    if (this.#fault !== undefined) throw this.#fault as Error;
    const hash = createHash('sha256');
    for (let at = 0; at < this.#length;) {
      const read = readSync(this.#descriptor, this.#chunk, 0, Math.min(CHUNK, this.#length - at), at);
      const chunk = this.#chunk.subarray(0, read);
      hash.update(chunk);
      write(chunk);
      at += read;
    }
    closeSync(this.#descriptor);
    return hash.digest('hex');
  }

  private add(link: number, bytes: Buffer, length: number): void {
    const padded = (length + 3) & ~3;
    const total = HEAD + padded + this.#comment.length + TAIL;
    if (this.#used + total > CHUNK) this.flush();
    const chunk = this.#chunk;
    const at = this.#used;
    const time = (ORIGIN + clock.now()) * 1000;
    chunk.writeUInt32LE(ENHANCED_PACKET, at);
    chunk.writeUInt32LE(total, at + 4);
    chunk.writeUInt32LE(link, at + 8);
    const high = (time / 0x1_0000_0000) | 0;
    chunk.writeUInt32LE(high, at + 12);
    chunk.writeUInt32LE((time - high * 0x1_0000_0000) >>> 0, at + 16);
    chunk.writeUInt32LE(length, at + 20);
    chunk.writeUInt32LE(length, at + 24);
    bytes.copy(chunk, at + HEAD, 0, length);
    if (padded !== length) chunk.fill(0, at + HEAD + length, at + HEAD + padded);
    this.#comment.copy(chunk, at + HEAD + padded);
    chunk.writeUInt32LE(total, at + total - TAIL);
    this.#used += total;
    this.#packets += 1;
  }

  private append(bytes: Buffer): void {
    if (this.#used + bytes.length > CHUNK) this.flush();
    bytes.copy(this.#chunk, this.#used);
    this.#used += bytes.length;
  }

  /** What goes wrong is kept until the end: thrown here it would break the capture, and a rule would miss its packet. */
  private flush(): void {
    try {
      writeAll(this.#descriptor, this.#chunk.subarray(0, this.#used));
    } catch (error) {
      this.#fault ??= unwritable(this.#path, error);
    }
    this.#length += this.#used;
    this.#used = 0;
  }
}

/** opt_comment and opt_endofopt, each padded to 32 bits. */
function commentOption(comment: string): Buffer {
  const text = Buffer.from(comment);
  const bytes = Buffer.alloc(4 + ((text.length + 3) & ~3) + 4);
  bytes.writeUInt16LE(OPTION_COMMENT, 0);
  bytes.writeUInt16LE(text.length, 2);
  text.copy(bytes, 4);
  return bytes;
}
