import { openLibrary } from '../../native/ffi';
import { wide } from './kernel32';

/** Where `VS_FIXEDFILEINFO` begins: its first word never is anything else (`verrsrc.h`). */
const SIGNATURE = Buffer.from([0xbd, 0x04, 0xef, 0xfe]);

/** The version that a program file carries, such as `10.0.20348.2520`, or undefined where it carries none. */
export function fileVersion(path: string): string | undefined {
  const library = openLibrary('version.dll');
  const size = library.function('uint32_t GetFileVersionInfoSizeW(void *, void *)')(
    wide(path),
    Buffer.alloc(4),
  );
  if (size === 0) return undefined;
  const block = Buffer.alloc(size);
  const got = library.function('int GetFileVersionInfoW(void *, uint32_t, uint32_t, void *)')(
    wide(path),
    0,
    size,
    block,
  );
  return got === 0 ? undefined : decodeFileVersion(block);
}

/** The version in a version resource: two words of 16 bits each, the higher first. */
export function decodeFileVersion(block: Buffer): string | undefined {
  const at = block.indexOf(SIGNATURE);
  if (at === -1 || at + 16 > block.length) return undefined;
  return [10, 8, 14, 12].map((offset) => String(block.readUInt16LE(at + offset))).join('.');
}
