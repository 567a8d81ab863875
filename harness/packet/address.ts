//   RFC 4291 §2.2, as text               RFC 5952, as text
//   2001:DB8:0:0:8:800:200C:417A   →   2001:db8::8:800:200c:417a
//   0:0:0:0:0:FFFF:129.144.52.38   →   ::ffff:129.144.52.38

const ADDRESS_BYTES = 16;
const GROUPS = 8;
const EIGHT_GROUPS = /^(?:[\da-f]{1,4}:){7}[\da-f]{1,4}$/i;
const DOTTED_QUAD = /(?<=:)(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/;
/** A run names the same few addresses a hundred thousand times. */
const parsed = new Map<string, Buffer>();
const MOST_PARSED = 1024;

/**
 * Reads an IPv6 address written in any form of RFC 4291 §2.2, without a zone.
 * @returns 16 bytes, in network order
 * @throws TypeError when the text is not an address
 */
export function parseAddress(text: string): Buffer {
  const known = parsed.get(text);
  if (known !== undefined) return Buffer.from(known);
  const bytes = parse(text);
  if (parsed.size < MOST_PARSED) parsed.set(text, Buffer.from(bytes));
  return bytes;
}

function parse(text: string): Buffer {
  const hex = text.includes('.') ? text.replace(DOTTED_QUAD, quadAsGroups) : text;
  const [head = [], tail, ...others] = hex.split('::').map((half) => (half === '' ? [] : half.split(':')));
  // '::' stands for one group or more, never for none: eight groups and a '::' are one too many.
  const missing = tail === undefined ? 0 : Math.max(1, GROUPS - head.length - tail.length);
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  if (others.length > 0 || !EIGHT_GROUPS.test(groups.join(':'))) {
    throw new TypeError(`Cannot read '${text}' as an IPv6 address`);
  }
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function quadAsGroups(quad: string): string {
  const bytes = quad.split('.').map(Number);
  if (bytes.some((byte) => byte > 0xff)) return quad;
  return Buffer.from(bytes).toString('hex').replace(/^..../, '$&:');
}

/** Writes the 16 bytes at `offset` in the canonical form of RFC 5952, an IPv4-mapped address in its mixed form (§5). */
export function formatAddress(bytes: Uint8Array, offset = 0): string {
  const groups: number[] = [];
  for (let at = offset; at < offset + ADDRESS_BYTES; at += 2) {
    groups.push(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  }
  if (groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)) {
    return `::ffff:${bytes.subarray(offset + 12, offset + ADDRESS_BYTES).join('.')}`;
  }
  const zeros = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(':');
  return `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  });
  return best;
}

/** Whether the address is in ff00::/8 (RFC 4291 §2.7). */
export function isMulticast(text: string): boolean {
  return parseAddress(text)[0] === 0xff;
}

/** Whether the address is in fe80::/10 (RFC 4291 §2.5.6). */
export function isLinkLocal(text: string): boolean {
  return (parseAddress(text).readUInt16BE() & 0xffc0) === 0xfe80;
}
