import { createHash } from 'node:crypto';

/** What a guest hands back. */
export type Frame =
  | { readonly kind: 'booted' }
  | { readonly kind: 'file'; readonly name: string; readonly data: Buffer }
  | { readonly kind: 'ended'; readonly exitCode: number; readonly printed: string };

interface Head {
  readonly kind: Frame['kind'];
  readonly length: number;
  readonly sha256: string;
  readonly name?: string;
  readonly exitCode?: number;
}

/** A line of JSON with the kind, the length and the hash, and then the bytes; however the stream cuts them. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #size = 0;
  #head: Head | undefined;

  /** @throws RangeError for bytes that are not what their head says */
  push(piece: Buffer): Frame[] {
    this.#pieces.push(piece);
    this.#size += piece.length;
    const frames: Frame[] = [];
    for (let frame = this.next(); frame !== undefined; frame = this.next()) frames.push(frame);
    return frames;
  }

  private next(): Frame | undefined {
    if (this.#head === undefined) {
      const all = Buffer.concat(this.#pieces);
      this.#pieces = [all];
      const end = all.indexOf('\n');
      if (end === -1) return undefined;
      this.#head = JSON.parse(all.toString('utf8', 0, end)) as Head;
      this.#pieces = [all.subarray(end + 1)];
      this.#size -= end + 1;
    }
    if (this.#size < this.#head.length) return undefined;
    const all = Buffer.concat(this.#pieces);
    const head = this.#head;
    const data = all.subarray(0, head.length);
    this.#pieces = [all.subarray(head.length)];
    this.#size -= head.length;
    this.#head = undefined;
    if (createHash('sha256').update(data).digest('hex') !== head.sha256)
      throw new RangeError(`The guest's ${head.name ?? head.kind} did not arrive as it was sent`);
    return frameOf(head, data);
  }
}

function frameOf({ kind, name = '', exitCode = 0 }: Head, data: Buffer): Frame {
  switch (kind) {
    case 'booted':
      return { kind };
    case 'file':
      return { kind, name, data };
    case 'ended':
      return { kind, exitCode, printed: data.toString('utf8') };
  }
}
