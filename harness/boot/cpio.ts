/**
 * An archive in the "newc" form of cpio, which is what a kernel unpacks into its first file system (Documentation/driver-api/
 * early-userspace/buffer-format.rst of the kernel): per entry a header of 110 ASCII characters, the name, the data, each padded
 * to four bytes.
 */
export type Entry =
  | { readonly name: string; readonly kind: 'folder' }
  | { readonly name: string; readonly kind: 'file'; readonly data: Buffer; readonly executable?: boolean }
  | { readonly name: string; readonly kind: 'link'; readonly target: string }
  | {
      readonly name: string;
      readonly kind: 'character device';
      readonly major: number;
      readonly minor: number;
    };

const MODE = { folder: 0o040755, file: 0o100644, link: 0o120777, 'character device': 0o020600 } as const;
const TRAILER = 'TRAILER!!!';

/** The archive in pieces. Names are relative; the folders that an entry lies in come before it. */
export function* encodeCpio(entries: Iterable<Entry>): Generator<Buffer> {
  const folders = new Set<string>();
  let inode = 0;
  for (const entry of entries) {
    const steps = entry.name.split('/');
    for (let depth = 1; depth < steps.length; depth += 1) {
      const name = steps.slice(0, depth).join('/');
      if (folders.has(name)) continue;
      folders.add(name);
      yield* encode({ name, kind: 'folder' }, inode++);
    }
    if (entry.kind === 'folder') {
      if (folders.has(entry.name)) continue;
      folders.add(entry.name);
    }
    yield* encode(entry, inode++);
  }
  yield header(TRAILER, { inode: 0, mode: 0, size: 0, links: 1, device: [0, 0] });
}

function* encode(entry: Entry, inode: number): Generator<Buffer> {
  const data =
    entry.kind === 'file' ? entry.data : entry.kind === 'link' ? Buffer.from(entry.target) : Buffer.alloc(0);
  const executable = entry.kind === 'file' && entry.executable === true ? 0o111 : 0;
  yield header(entry.name, {
    inode,
    mode: MODE[entry.kind] | executable,
    size: data.length,
    links: entry.kind === 'folder' ? 2 : 1,
    device: entry.kind === 'character device' ? [entry.major, entry.minor] : [0, 0],
  });
  yield data;
  yield Buffer.alloc(-data.length & 3);
}

interface Fields {
  readonly inode: number;
  readonly mode: number;
  readonly size: number;
  readonly links: number;
  readonly device: readonly [number, number];
}

function header(name: string, { inode, mode, size, links, device }: Fields): Buffer {
  const bytes = Buffer.from(`${name}\0`);
  const [major, minor] = device;
  const fields = [inode, mode, 0, 0, links, 0, size, 0, 0, major, minor, bytes.length, 0];
  const head = Buffer.from(
    `070701${fields.map((field) => field.toString(16).toUpperCase().padStart(8, '0')).join('')}`,
  );
  return Buffer.concat([head, bytes, Buffer.alloc(-(head.length + bytes.length) & 3)]);
}
