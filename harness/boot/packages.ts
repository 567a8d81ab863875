import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { apt, configure, output, type Lists } from './apt';
import { BuildError } from './errors';
import { debianName } from './sysroot';

/** A kernel as its packages hold it. */
export interface PackagedKernel {
  /** Such as `linux-image-6.1.0-50-amd64 6.1.176-1`. */
  readonly label: string;
  readonly kernel: string;
  readonly modules: string;
}

/** Parts of a kernel that its package may leave to others; those of Ubuntu and of Debian since 7 do. */
const PARTS = /\blinux-(?:image|binary|modules)-[a-z0-9.+~-]+(?: \(= [^)]+\))?/g;

/** From a package of no contents to the kernel it stands for, and on to its parts. */
const DEPTH = 4;

/**
 * Unpacks the kernel of a package into `work`. `package` is the path of a .deb file, or a name, as `linux-image-amd64` or, from
 * another release, `linux-image-amd64/bookworm-backports`; of names, that of `architecture` is taken.
 * @throws BuildError
 */
export async function unpackKernel(
  named: string,
  work: string,
  architecture: NodeJS.Architecture,
): Promise<PackagedKernel> {
  const fetch = fetcherFor(named, work, architecture);
  const folder = join(work, 'root');
  const seen = new Set<string>();
  let queue = [
    existsSync(named) && statSync(named).isFile() ? resolve(named) : await fetch(named.split('/')[0] ?? ''),
  ];
  let label = '';
  for (let depth = 0; depth < DEPTH && queue.length > 0; depth += 1) {
    const next: string[] = [];
    for (const deb of queue) {
      const fields = await output('dpkg-deb', ['-f', deb], `read the package ${deb}`);
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(fields)?.[1] ?? '';
      const [name, version, depends] = [field('Package'), field('Version'), field('Depends')];
      seen.add(name);
      if (/^linux-image-.*\d\.\d/.test(name)) label = `${name} ${version}`;
      await output('dpkg-deb', ['-x', deb, folder], `unpack ${deb}`);
      for (const [dependency] of depends.matchAll(PARTS)) {
        const [wanted = '', exactly] = dependency.replace(/[()=]/g, '').split(/ +/);
        if (!seen.has(wanted) && !existsSync(named))
          next.push(await fetch(exactly === undefined ? wanted : `${wanted}=${exactly}`));
      }
    }
    queue = next;
  }
  return { label: label === '' ? named : label, ...kernelIn(folder, named) };
}

function kernelIn(folder: string, named: string): { readonly kernel: string; readonly modules: string } {
  for (const below of ['lib/modules', 'usr/lib/modules']) {
    for (const release of list(join(folder, below))) {
      const modules = join(folder, below, release);
      const kernel = [join(folder, 'boot', `vmlinuz-${release}`), join(modules, 'vmlinuz')].find((path) =>
        existsSync(path),
      );
      if (kernel !== undefined) return { kernel, modules };
    }
  }
  throw new BuildError(`Cannot boot ${named}: there is no kernel with its modules in it.`);
}

/** Fetches packages by their names into folders below `work`. */
function fetcherFor(
  named: string,
  work: string,
  architecture: NodeJS.Architecture,
): (name: string) => Promise<string> {
  const [, release] = named.split('/');
  let lists: Lists | undefined;
  return async (name) => {
    lists ??= await configure(release, architecture, work);
    const folder = mkdtempSync(join(work, 'deb-'));
    await apt(
      lists,
      ['download', '-qq', name],
      `fetch the package ${name}${release === undefined ? '' : ` of ${release}`} for ${debianName(architecture)}`,
      folder,
    );
    const [deb] = list(folder);
    if (deb === undefined) throw new BuildError(`Cannot fetch the package ${name}: apt-get brought nothing.`);
    return join(folder, deb);
  };
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
