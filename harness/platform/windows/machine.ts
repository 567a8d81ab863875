import { arch, release, version } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '../../native/ffi';
import type { MachineFacts } from '../current';
import { fileVersion } from './file-version';
import { npcapVersion } from './npcap';
import { displayVersion, updateRevision } from './registry';
import { wineVersion } from './wine';

/** What this machine is. Nothing is guessed: what cannot be read is `unknown`. */
export function machine(): MachineFacts {
  const wine = wineVersion();
  return {
    system: wine === undefined ? 'windows' : 'wine',
    build: wine === undefined ? build() : `Wine ${wine}, which calls itself ${build()}`,
    kernel: kernel(),
    architecture: arch(),
    libc: 'none of POSIX',
    privileges: isAdministrator() ? 'administrator' : 'user',
    node: process.version,
    libpcap: npcapVersion() ?? 'absent',
  };
}

function build(): string {
  return [version(), displayVersion()].filter((part) => part !== undefined).join(' ');
}

/** The version with the revision that updates raise, and that of the driver that holds the IPv6 stack. */
function kernel(): string {
  const revision = updateRevision();
  const stack = fileVersion(
    join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'tcpip.sys'),
  );
  return [
    `${release()}${revision === undefined ? '' : `.${String(revision)}`}`,
    stack === undefined ? '' : ` tcpip.sys ${stack}`,
  ].join('');
}

/** Whether this process runs with the rights of an administrator, which belonging to their group is not enough for. */
export function isAdministrator(): boolean {
  return openLibrary('shell32.dll').function('int IsUserAnAdmin()')() !== 0;
}
