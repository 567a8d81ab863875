import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { openLibrary } from '../../native/ffi';
import { SyscallError } from '../../errors';
import { systemCalls } from './system-calls';

/** The user who started the process that was started again, so that it never starts itself a second time. */
const MARK = 'RFC3542_USER_NAMESPACE';
/** What helps a user who gets neither raw sockets nor a user namespace. */
export const NAMESPACES_HELP =
  'Run as root, or allow user namespaces: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), sysctl -w user.max_user_namespaces=10000.';

const UNSHARE = ['--user', '--map-root-user', '--net'] as const;

export function inUserNamespace(): boolean {
  // The first namespace maps every id to itself (user_namespaces(7)).
  return readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/)[2] !== '4294967295';
}

export function mayOpenRawSockets(): boolean {
  try {
    systemCalls.close(systemCalls.socket({ family: 'inet6', type: 'raw', protocol: 58 }));
    return true;
  } catch (error) {
    if (error instanceof SyscallError && error.code === 'EAFNOSUPPORT') return true;
    return false;
  }
}

/** Why an ordinary user cannot have a user namespace here, or undefined if it can. */
export function userNamespaceObstacle(): string | undefined {
  const { status, stderr, error } = spawnSync('unshare', [...UNSHARE, 'true'], { encoding: 'utf8' });
  if (status === 0) return undefined;
  return error?.message ?? stderr.trim();
}

/**
 * An ordinary user gets the privileges that the laboratory needs in a user namespace of its own. Node has threads, so it
 * cannot enter one: the process is replaced by unshare(1), which starts it again.
 */
export function enterUserNamespace(): void {
  if (process.env[MARK] !== undefined || mayOpenRawSockets() || userNamespaceObstacle() !== undefined) return;
  process.env[MARK] = String(process.getuid?.());
  // Node's copy of the environment is the C library's own, so execvp(3) hands it on.
  const args = ['unshare', ...UNSHARE, '--', process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  replaceProcess(args);
}

function replaceProcess(args: readonly string[]): void {
  const library = openLibrary(null);
  const fcntl = library.function('int fcntl(int, int, int)');
  const execvp = library.function('int execvp(const char *, const char **)') as unknown as (
    file: string,
    args: readonly (string | null)[],
  ) => number;
  const [file] = args;
  if (file === undefined) return;
  // Node marks its standard descriptors close-on-exec; 2 is F_SETFD.
  for (const descriptor of [0, 1, 2]) fcntl(descriptor, 2, 0);
  execvp(file, [...args, null]);
}
