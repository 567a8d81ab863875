import { endianness } from 'node:os';

/** Types of ICMPv6 messages, which `struct icmp6_filter` holds as 256 bits in eight words of the host (RFC 3542 §3.2). */
const TYPES = 256;
export const FILTER_BYTES = TYPES / 8;

/** A filter as a value: every operation returns a new one. */
export class Icmp6Filter {
  private constructor(private readonly passing: readonly boolean[]) {}

  static passAll(): Icmp6Filter {
    return new Icmp6Filter(Array<boolean>(TYPES).fill(true));
  }

  static blockAll(): Icmp6Filter {
    return new Icmp6Filter(Array<boolean>(TYPES).fill(false));
  }

  pass(...types: readonly number[]): Icmp6Filter {
    return this.with(types, true);
  }

  block(...types: readonly number[]): Icmp6Filter {
    return this.with(types, false);
  }

  willPass(type: number): boolean {
    return this.passing[type] === true;
  }

  /** The types that pass, in words: `passes 0-99, 101-255`. */
  toString(): string {
    const types = this.passing.flatMap((passes, type) => (passes ? [type] : []));
    return `passes ${inRanges(types)}`;
  }

  equals(other: Icmp6Filter): boolean {
    return this.passing.every((passes, type) => passes === other.willPass(type));
  }

  /** The 32 bytes of the option, for a system whose filter blocks a type with `blockBit`. */
  encode(blockBit: 0 | 1): Buffer {
    const bytes = Buffer.alloc(FILTER_BYTES);
    for (let type = 0; type < TYPES; type += 1) {
      if (this.willPass(type) === (blockBit === 0)) {
        const at = byteOf(type);
        bytes.writeUInt8(bytes.readUInt8(at) | (1 << (type & 7)), at);
      }
    }
    return bytes;
  }

  /** Bytes that are missing read as zero. */
  static decode(bytes: Buffer, blockBit: 0 | 1): Icmp6Filter {
    return new Icmp6Filter(
      Array.from({ length: TYPES }, (_, type) => {
        const bit = ((bytes[byteOf(type)] ?? 0) >> (type & 7)) & 1;
        return bit !== blockBit;
      }),
    );
  }

  private with(types: readonly number[], passes: boolean): Icmp6Filter {
    const passing = [...this.passing];
    for (const type of types) passing[type] = passes;
    return new Icmp6Filter(passing);
  }
}

/** Numbers in their order, neighbours as a range: `0-99, 101`; `none` where there is none. */
export function inRanges(numbers: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const number of numbers) {
    const open = ranges.at(-1);
    if (open?.last === number - 1) open.last = number;
    else ranges.push({ first: number, last: number });
  }
  const words = ranges.map(({ first, last }) =>
    first === last ? String(first) : `${String(first)}-${String(last)}`,
  );
  return words.length === 0 ? 'none' : words.join(', ');
}

function byteOf(type: number): number {
  const inWord = (type & 31) >> 3;
  return (type >> 5) * 4 + (endianness() === 'LE' ? inWord : 3 - inWord);
}
