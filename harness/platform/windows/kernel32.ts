import { openLibrary, type ForeignFunction } from '../../native/ffi';

const found = new Map<string, ForeignFunction>();

function kernel32(prototype: string): ForeignFunction {
  const call = found.get(prototype) ?? openLibrary('kernel32.dll').function(prototype);
  found.set(prototype, call);
  return call;
}

/** A string of the Windows API: UTF-16 with a zero behind it. */
export function wide(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}

/** GetLastError of the foreign call that this thread made last. */
export function getLastError(): number {
  return kernel32('uint32_t GetLastError()')();
}

/** Copies memory that a library owns into a Buffer. */
export function copyFrom(address: number, into: Buffer, length: number): void {
  kernel32('void RtlMoveMemory(void *, uintptr_t, size_t)')(into, address, length);
}

/** Copies a Buffer into memory that a library owns. */
export function copyTo(address: number, bytes: Buffer): void {
  kernel32('void RtlMoveMemory(uintptr_t, void *, size_t)')(address, bytes, bytes.length);
}

/**
 * Why a library cannot be loaded, as an error number of Windows; undefined when it can. The words of the loader are in the
 * language of the system, the number is not.
 */
export function loadFailure(path: string): number | undefined {
  // A path that names a folder is looked up there with all that the library needs itself: LOAD_WITH_ALTERED_SEARCH_PATH.
  const flags = /[\\/]/.test(path) ? 0x8 : 0;
  const module = kernel32('uintptr_t LoadLibraryExW(void *, void *, uint32_t)')(wide(path), null, flags);
  return module === 0 ? getLastError() : undefined;
}
