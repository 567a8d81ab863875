import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { readElf } from './elf';
import { BuildError } from './errors';
import type { Architecture } from './kernel';

/** A folder laid out as the root of a system, from which a guest gets all that is compiled. */
export interface Sysroot {
  /** An absolute path; `/` is this host. */
  readonly folder: string;
  readonly architecture: NodeJS.Architecture;
  readonly node: string;
  /** The node_modules with the packages that have native code. */
  readonly packages: string;
  /** Where its programs are, seen from inside. */
  readonly path: readonly string[];
  /** The C compiler for it, and what it is given before anything else. */
  readonly compiler: readonly [string, ...string[]];
  /** strip(1) for it. */
  readonly strip: string;
}

/** What GNU calls an architecture: names of its tools begin so, and its folders have the name. */
export const TRIPLETS: Readonly<Record<Architecture, string>> = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
};
/** Where a sysroot has Node, and its node_modules. */
export const NODE = 'usr/bin/node';
export const PACKAGES = 'usr/lib/node_modules';

/** This host, with the packages of the checkout in `root`. */
export function hostSysroot(root: string): Sysroot {
  return {
    folder: '/',
    architecture: process.arch,
    node: realpathSync(process.execPath),
    packages: join(root, 'node_modules'),
    path: [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'],
    compiler: ['cc'],
    strip: 'strip',
  };
}

/** @throws BuildError for a folder that is no sysroot */
export function openSysroot(named: string): Sysroot {
  const what = `Cannot use the sysroot ${named}`;
  const helps = '"rfc3542 sysroot FOLDER" makes one.';
  if (!existsSync(join(named, NODE))) throw new BuildError(`${what}: there is no ${NODE} in it. ${helps}`);
  const folder = realpathSync(named);
  const architecture = readElf(join(folder, NODE))?.architecture;
  if (architecture === undefined)
    throw new BuildError(`${what}: its ${NODE} is not a program for x64 or arm64. ${helps}`);
  const triplet = TRIPLETS[architecture];
  const headers = join(folder, 'usr/include');
  return {
    folder,
    architecture,
    node: realpathSync(join(folder, NODE)),
    packages: join(folder, PACKAGES),
    path: ['/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    // A cross compiler has headers of its own, which would come first.
    compiler: [
      `${triplet}-gcc`,
      `--sysroot=${folder}`,
      ...['-isystem', join(headers, triplet), '-isystem', headers],
    ],
    strip: `${triplet}-strip`,
  };
}

/** @throws BuildError where the compiler is missing */
export function checkCompiler({ compiler: [program] }: Pick<Sysroot, 'compiler'>): void {
  if (spawnSync(program, ['--version']).error !== undefined)
    throw new BuildError(
      `Cannot compile for a guest: ${program} is not installed (Debian: ${debianPackage(program)}).`,
    );
}

/** Such as `g++-aarch64-linux-gnu` for `aarch64-linux-gnu-g++`. */
function debianPackage(program: string): string {
  const [, triplet, tool] = /^(\w+-linux-gnu)-(.*)$/.exec(program) ?? [];
  return triplet === undefined || tool === undefined ? 'gcc' : `${tool}-${triplet.replace('_', '-')}`;
}

/** A file of a sysroot. */
export interface SystemFile {
  /** What it is called inside, with the links of its folder followed, but not its own. */
  readonly name: string;
  /** Where it is. */
  readonly path: string;
}

/** @throws BuildError for a program that is missing */
export function programIn({ folder, path }: Sysroot, name: string): SystemFile {
  const found = firstIn(folder, path, name);
  if (found === undefined)
    throw new BuildError(
      `Cannot make an image: ${folder === '/' ? `${name} is not installed. "npm start" installs what is missing.` : `there is no ${name} in ${folder}.`}`,
    );
  return found;
}

/** Looks for a file in folders of a system whose root is `root`, and follows links as that system would. */
export function firstIn(
  root: string,
  folders: readonly string[],
  name: string,
  suits: (path: string) => boolean = () => true,
): SystemFile | undefined {
  for (const folder of folders) {
    const home = followed(root, folder);
    const target = followed(root, join(folder, name));
    if (home !== undefined && target !== undefined && suits(join(root, target)))
      return { name: join(home, name), path: join(root, target) };
  }
  return undefined;
}

/** As many as the kernel follows before it takes them for a circle (path_resolution(7)). */
const LINKS = 40;

/** realpath(3) for a process whose root is `root`. */
function followed(root: string, path: string): string | undefined {
  const steps = path.split('/');
  let at = '/';
  let links = 0;
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    const next = join(at, step);
    const status = statusOf(join(root, next));
    if (status === undefined || links > LINKS) return undefined;
    if (!status.isSymbolicLink()) {
      at = next;
      continue;
    }
    links += 1;
    const target = readlinkSync(join(root, next));
    if (isAbsolute(target)) at = '/';
    steps.unshift(...target.split('/'));
  }
  return at;
}

/** PATH may have folders of another user, which tell nothing. */
function statusOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/** What Debian calls an architecture of Node's. */
export function debianName(architecture: NodeJS.Architecture): string {
  return architecture === 'x64' ? 'amd64' : architecture;
}
