import { execFile, type ExecFileException } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { BuildError } from './errors';

/** A kernel as its packages hold it. */
export interface PackagedKernel {
  /** Such as `linux-image-6.1.0-50-amd64 6.1.176-1`. */
  readonly label: string;
  readonly kernel: string;
  readonly modules: string;
}

/** Parts of a kernel that its package may leave to others; those of Ubuntu and of Debian since 7 do. */
const PARTS = /\blinux-(?:image|binary|modules)-[a-z0-9.+~-]+(?: \(= [^)]+\))?/g;
const run = promisify(execFile);

/** From a package of no contents to the kernel it stands for, and on to its parts. */
const DEPTH = 4;

/**
 * Unpacks the kernel of a package into `work`. `package` is the path of a .deb file, or a name, as `linux-image-amd64` or, from
 * another release, `linux-image-amd64/bookworm-backports`.
 * @throws BuildError
 */
export async function unpackKernel(named: string, work: string): Promise<PackagedKernel> {
  const fetch = fetcherFor(named, work);
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

/**
 * apt-get with a configuration and lists of its own, so that nothing of the system's is touched. Another release is
 * looked for on the mirrors that this system uses.
 */
function fetcherFor(named: string, work: string): (name: string) => Promise<string> {
  const [, release] = named.split('/');
  let configuration: string | undefined;
  return async (name) => {
    configuration ??= await configure(release, work);
    const folder = mkdtempSync(join(work, 'deb-'));
    await apt(
      configuration,
      ['download', '-qq', name],
      `fetch the package ${name}${release === undefined ? '' : ` of ${release}`}`,
      folder,
    );
    const [deb] = list(folder);
    if (deb === undefined) throw new BuildError(`Cannot fetch the package ${name}: apt-get brought nothing.`);
    return join(folder, deb);
  };
}

async function configure(release: string | undefined, work: string): Promise<string> {
  const targets = await output(
    'apt-get',
    ['indextargets', '--format', '$(SITE) $(CODENAME) $(SIGNED_BY)', 'Created-By: Packages'],
    'ask apt for its mirrors',
  );
  // A field that a source lacks stays as it was asked for.
  const known = [...new Set(targets.trim().split('\n'))].map((line) => {
    const [site = '', codename = '', ...key] = line.split(' ');
    return { site, codename, key: key.join(' ').replace('$(SIGNED_BY)', '') };
  });
  const security = ({ site }: { readonly site: string }): boolean => site.includes('security');
  const suited = known.filter(
    (source) => release === undefined || security(source) === release.endsWith('-security'),
  );
  if (suited.length === 0)
    throw new BuildError(
      `Cannot fetch a package: apt has no mirror${release === undefined ? '' : ` for ${release}`}.`,
    );
  const sources = new Set(
    (release === undefined ? suited : suited.slice(0, 1)).map(
      ({ site, codename, key }) =>
        `deb ${key === '' ? '' : `[signed-by=${key}] `}${site} ${release ?? codename} main`,
    ),
  );
  const kept = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'rfc3542/apt',
    release ?? 'system',
  );
  for (const folder of ['lists/partial', 'archives/partial'])
    mkdirSync(join(kept, folder), { recursive: true });
  const at = (name: string, contents: string): string => {
    writeFileSync(join(work, name), contents);
    return join(work, name);
  };
  const configuration = at(
    'apt.conf',
    [
      `Dir::State "${kept}";`,
      `Dir::State::status "${at('status', '')}";`,
      `Dir::Cache "${kept}";`,
      `Dir::Etc::sourcelist "${at('sources.list', `${[...sources].join('\n')}\n`)}";`,
      'Dir::Etc::sourceparts "/dev/null";',
      'APT::Sandbox::User "";',
      'Acquire::Languages "none";',
    ].join('\n'),
  );
  await apt(
    configuration,
    ['update', '-qq', '-o', 'DPkg::Lock::Timeout=300'],
    `read the lists of ${release ?? 'this system'}`,
    work,
  );
  return configuration;
}

async function apt(configuration: string, args: readonly string[], what: string, cwd: string): Promise<void> {
  await output('apt-get', args, what, {
    cwd,
    env: { ...process.env, APT_CONFIG: configuration, LC_ALL: 'C' },
  });
}

async function output(
  program: string,
  args: readonly string[],
  what: string,
  where: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  try {
    return (await run(program, [...args], { encoding: 'utf8', ...where })).stdout;
  } catch (error) {
    const { code, message, stderr = '' } = error as ExecFileException;
    const why = code === 'ENOENT' ? `${program} is not installed` : stderr.trim() === '' ? message : stderr;
    throw new BuildError(
      `Cannot ${what}: ${why
        .replaceAll(/^[EW]: /gm, '')
        .trim()
        .split('\n')
        .join(' ')}`,
    );
  }
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
