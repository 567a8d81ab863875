import { delimiter, join } from 'node:path';
import { openLibrary } from '../../native/ffi';

/** Where Npcap puts its libraries unless it was installed in the mode that is compatible with WinPcap. */
function folder(): string {
  return join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'Npcap');
}

/** From now on `wpcap.dll` is found where Npcap has it, also by the package `cap`. */
export function findNpcap(): void {
  const path = process.env['PATH'] ?? '';
  if (!path.split(delimiter).includes(folder())) process.env['PATH'] = `${path}${delimiter}${folder()}`;
}

/** The words of pcap_lib_version(3PCAP), or undefined where the library does not load. */
export function npcapVersion(): string | undefined {
  findNpcap();
  try {
    const library = openLibrary('wpcap.dll');
    return (library.function('const char *pcap_lib_version()') as unknown as () => string)();
  } catch {
    return undefined;
  }
}
