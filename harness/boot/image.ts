import { spawnSync } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { writeAtomically } from '../../reports/write';
import { cacheFolder } from './cache';
import { encodeCpio, type Entry } from './cpio';
import { BuildError } from './errors';
import { librariesOf } from './libraries';
import { checkCompiler, NODE, programIn, type Sysroot, type SystemFile } from './sysroot';

/** Where the suite lies in a guest. */
export const GUEST_ROOT = '/suite';
/** Where compiled questions lie in a guest. */
export const GUEST_PROBES = '/probes';

const PROGRAMS = ['ip', 'nft', 'stty'];
/** Packages with native code, which is loaded from files; everything else is in the pack. */
const PACKAGES = ['koffi', '@koromix', 'cap', 'raw-socket'];
const SETTINGS = ['ld.so.cache', 'nsswitch.conf', 'protocols', 'services'];
const SUPERFLUOUS = /\/(deps|musl_\w+|obj\.target|\.deps)(\/|$)|\.(md|map|cc|h|o|a|d\.ts)$/;
/** Images that nobody has used for so long are removed, in milliseconds. */
const STALE = 24 * 3_600_000;

export interface ImageParts {
  /** The checkout of the suite. */
  readonly root: string;
  /** Whose programs, libraries and native packages these are. */
  readonly sysroot: Sysroot;
  /** Writes programs that answer what rules ask the headers, since a guest has no compiler. */
  readonly writeProbes: (folder: string) => void;
  /** What else decides the contents, such as the set of defects that have probes. */
  readonly variant: string;
}

/**
 * The part of the first file system that all builds share: this Node, the suite, and the libraries that they need. It is made
 * once for each version of what is in it and kept in the user's cache.
 * @returns the path of a cpio archive
 * @throws BuildError
 */
export function imageOf(parts: ImageParts): string {
  const folder = cacheFolder();
  const { sysroot } = parts;
  const packaged = packagedFiles(sysroot);
  const native = [sysroot.node, ...packaged.filter((path) => path.endsWith('.node'))].map((path) => ({
    name: path,
    path,
  }));
  checkCompiler(sysroot);
  const programs = PROGRAMS.map((name) => programIn(sysroot, name));
  const system = [...programs, ...librariesOf([...programs, ...native], sysroot.folder)];
  const hash = createHash('sha256').update(parts.variant);
  for (const { path } of [...native, ...system])
    hash.update(`${path} ${String(statSync(path).size)} ${String(statSync(path).mtimeMs)}`);
  for (const part of ['harness', 'suites', 'reports', 'package-lock.json'])
    hashSources(hash, join(parts.root, part));
  const path = join(folder, `image-${hash.digest('hex').slice(0, 16)}.cpio`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'rfc3542-image-'));
  const abandon = (): void => {
    rmSync(work, { recursive: true, force: true });
  };
  process.once('exit', abandon);
  try {
    parts.writeProbes(join(work, 'probes'));
    pack(parts.root, sysroot, work);
    writeAtomically(path, (write) => {
      for (const piece of encodeCpio(entriesOf(parts, work, system, packaged))) write(piece);
    });
  } finally {
    process.off('exit', abandon);
    abandon();
  }
  removeStale(folder, path);
  return path;
}

/** Packs the suite, and where a guest has this Node, runs it once so that V8 has compiled what a run needs. */
function pack(root: string, sysroot: Sysroot, work: string): void {
  mkdirSync(join(work, 'boot'));
  node([join(root, 'harness/boot/record-pack.mjs'), join(work, 'boot')], {});
  if (sysroot.folder !== '/') return;
  node(
    [
      join(root, 'harness/boot/warm-pack.mjs'),
      join(work, 'boot'),
      ...['run', '--without-jest', '--format', 'none', '--output', join(work, 'out')],
    ],
    { RFC3542_PROBES: join(work, 'probes') },
  );
}

/** With V8's helpers in one thread, as in the guest: there they would share its one processor, and the flag is part of the cache's name. */
function node(args: readonly string[], environment: NodeJS.ProcessEnv): void {
  const { status, stderr, error } = spawnSync(process.execPath, ['--single-threaded', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  if (status !== 0)
    throw new BuildError(
      `Cannot pack the suite for a guest: ${error?.message ?? /^\w*Error.*/m.exec(stderr)?.[0] ?? stderr.trim().slice(0, 2000)}`,
    );
}

function* entriesOf(
  { root, sysroot }: ImageParts,
  work: string,
  system: readonly SystemFile[],
  packaged: readonly string[],
): Generator<Entry> {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    const path = join(sysroot.folder, name);
    if (existsSync(path) && lstatSync(path).isSymbolicLink())
      yield { name, kind: 'link', target: readlinkSync(path) };
  }
  yield { name: 'dev/console', kind: 'character device', major: 5, minor: 1 };
  yield { name: 'dev/null', kind: 'character device', major: 1, minor: 3 };
  for (const name of ['proc', 'sys', 'tmp', 'out', 'root']) yield { name, kind: 'folder' };
  yield text('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n');
  yield text('etc/group', 'root:x:0:\nnogroup:x:65534:\n');
  for (const name of SETTINGS.map((each) => join('etc', each)))
    if (existsSync(join(sysroot.folder, name))) yield file(name, join(sysroot.folder, name));
  for (const { name, path } of system) yield file(name.slice(1), path);
  yield { name: NODE, kind: 'file', data: stripped(sysroot, work), executable: true };
  const suite = GUEST_ROOT.slice(1);
  yield file(`${suite}/package.json`, join(root, 'package.json'));
  for (const path of filesBelow(join(root, 'suites')).filter((name) => name.endsWith('.json')))
    yield file(join(suite, relative(root, path)), path);
  for (const path of packaged)
    yield file(join(suite, 'node_modules', relative(sysroot.packages, path)), path);
  yield file('boot/pack.cjs', join(root, 'harness/boot/guest/pack.cjs'));
  yield file('init', join(root, 'harness/boot/guest/init.cjs'));
  for (const path of [...filesBelow(join(work, 'boot')), ...filesBelow(join(work, 'probes'))])
    yield file(relative(work, path), path);
}

function text(name: string, contents: string): Entry {
  return { name, kind: 'file', data: Buffer.from(contents) };
}

function file(name: string, path: string): Entry {
  return { name, kind: 'file', data: readFileSync(path), executable: true };
}

/** Symbols are a sixth of Node, and a kernel copies every byte under emulation. Without strip(1) they stay. */
function stripped({ node, strip }: Sysroot, work: string): Buffer {
  const to = join(work, basename(node));
  return readFileSync(spawnSync(strip, ['-o', to, node]).status === 0 ? to : node);
}

function packagedFiles({ packages }: Sysroot): string[] {
  return PACKAGES.flatMap((name) => {
    const files = filesBelow(join(packages, name)).filter((path) => !SUPERFLUOUS.test(path));
    if (files.length === 0)
      throw new BuildError(`Cannot make an image: the package ${name} is not in ${packages}.`);
    return files;
  });
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hashSources(hash: Hash, path: string): void {
  const files = statSync(path).isDirectory() ? filesBelow(path) : [path];
  for (const name of files.filter(
    (candidate) => /\.(ts|json|mjs|cjs)$/.test(candidate) && !/\.test\.ts$|\/out\//.test(candidate),
  ))
    hash.update(name).update(readFileSync(name));
}

function removeStale(folder: string, current: string): void {
  for (const name of readdirSync(folder).filter((candidate) => candidate.startsWith('image-'))) {
    const path = join(folder, name);
    if (path !== current && Date.now() - statSync(path).mtimeMs > STALE) rmSync(path, { force: true });
  }
}
