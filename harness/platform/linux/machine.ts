import { readFileSync } from 'node:fs';
import { arch, release, version } from 'node:os';
import { openLibrary } from '../../native/ffi';
import type { MachineFacts } from '../current';
import { inUserNamespace, mayOpenRawSockets } from './user-namespace';

/** What this machine is. Nothing is guessed: what cannot be read is `unknown`. */
export function machine(): MachineFacts {
  return {
    system: 'linux',
    build: osRelease(),
    kernel: `${release()} ${version()}`,
    architecture: arch(),
    libc: libc(),
    privileges: inUserNamespace() ? 'root of a user namespace' : mayOpenRawSockets() ? 'root' : 'user',
    node: process.version,
    libpcap: libpcapVersion() ?? 'absent',
  };
}

function osRelease(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text)?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

function libc(): string {
  const library = openLibrary(null);
  if (!library.has('gnu_get_libc_version')) return 'not glibc';
  const version = library.function('const char *gnu_get_libc_version()') as unknown as () => string;
  return `glibc ${version()}`;
}

/** The words of pcap_lib_version(3PCAP), or undefined where the library does not load. */
export function libpcapVersion(): string | undefined {
  try {
    const library = openLibrary('libpcap.so');
    return (library.function('const char *pcap_lib_version()') as unknown as () => string)();
  } catch {
    return undefined;
  }
}
