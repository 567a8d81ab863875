import { openLibrary } from '../../native/ffi';
import { wide } from './kernel32';

const HKEY_LOCAL_MACHINE = 0x80000002;
const RRF_RT_ANY = 0xffff;
const CURRENT_VERSION = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const ROOM = 1024;

/** A value that the system keeps about its own version, or undefined where it has none (RegGetValueW). */
function versionValue(name: string): Buffer | undefined {
  const get = openLibrary('advapi32.dll').function(
    'long RegGetValueW(uintptr_t, void *, void *, uint32_t, void *, void *, void *)',
  );
  const value = Buffer.alloc(ROOM);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(ROOM, 0);
  const error = get(HKEY_LOCAL_MACHINE, wide(CURRENT_VERSION), wide(name), RRF_RT_ANY, null, value, length);
  return error === 0 ? value.subarray(0, length.readUInt32LE(0)) : undefined;
}

/** The number that each monthly update raises: the last of `10.0.20348.2527`. */
export function updateRevision(): number | undefined {
  const value = versionValue('UBR');
  return value?.length === 4 ? value.readUInt32LE(0) : undefined;
}

/** Such as `21H2`. */
export function displayVersion(): string | undefined {
  const value = versionValue('DisplayVersion');
  return value?.toString('utf16le').replace(/\0.*$/s, '');
}
