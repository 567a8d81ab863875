/** Reproducible random numbers: xorshift128 (Marsaglia 2003), seeded from a number and a name. Not for secrets. */
export class Random {
  #x = 123_456_789;
  #y = 362_436_069;
  #z: number;
  #w: number;

  constructor(seed: number, name: string) {
    let hash = 0x811c9dc5;
    for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    this.#z = (seed ^ 0x159a55e5) | 0;
    this.#w = hash | 0;
    for (let round = 0; round < 16; round += 1) this.uint32();
  }

  /** A whole number from 0 to 2³² - 1. */
  uint32(): number {
    const t = this.#x ^ (this.#x << 11);
    this.#x = this.#y;
    this.#y = this.#z;
    this.#z = this.#w;
    this.#w = (this.#w ^ (this.#w >>> 19) ^ (t ^ (t >>> 8))) | 0;
    return this.#w >>> 0;
  }

  /** A whole number from `least` up to, but not including, `end`. */
  integer(least: number, end: number): number {
    return least + (this.uint32() % (end - least));
  }

  fill(bytes: Buffer, start = 0, end = bytes.length): void {
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = this.uint32();
      bytes[at] = word >>> 24;
      bytes[at + 1] = word >>> 16;
      bytes[at + 2] = word >>> 8;
      bytes[at + 3] = word;
    }
    for (; at < end; at += 1) bytes.writeUInt8(this.uint32() & 0xff, at);
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    this.fill(bytes);
    return bytes;
  }
}
