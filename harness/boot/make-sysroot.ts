import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { unwritable } from '../../reports/write';
import { apt, configure, output } from './apt';
import { BuildError } from './errors';
import type { Architecture } from './kernel';
import { checkCompiler, NODE, PACKAGES, TRIPLETS } from './sysroot';

/** What an image takes, and what its native packages and compiled questions are built with; apt-get adds what these depend on. */
const DEBIAN = ['libc6-dev', 'libstdc++6', 'libpcap0.8-dev', 'iproute2', 'nftables', 'coreutils', 'netbase'];
/** Of these the first two are built here; the third comes with a binary for each architecture. */
const NATIVE = ['cap', 'raw-socket', 'koffi'];

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/**
 * Makes a sysroot of another architecture: Debian's packages of the release that this host has, Node of its major version from the
 * npm registry, and the native packages of the checkout in `root`. It is not run, and nothing of this system's is changed.
 * @param folder does not exist yet, or is empty
 * @param say is told what is being done
 * @throws BuildError, UnwritableFile
 */
export async function makeSysroot(
  folder: string,
  architecture: Architecture,
  root: string,
  say: (what: string) => void,
): Promise<void> {
  checkCompiler({ compiler: [`${TRIPLETS[architecture]}-g++`] });
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new BuildError(`Cannot make a sysroot in ${folder}: there is something in it already.`);
  mkdirSync(dirname(resolve(folder)), { recursive: true });
  const work = mkdtempSync(join(dirname(resolve(folder)), `.${basename(resolve(folder))}-`));
  const abandon = (): void => {
    rmSync(work, { recursive: true, force: true });
  };
  process.once('exit', abandon);
  try {
    const made = join(work, 'root');
    say('packages of Debian');
    await unpackDebian(made, architecture, work);
    say('Node');
    const headers = await unpackNode(made, architecture, work);
    say(`native packages: ${NATIVE.join(', ')}`);
    await buildPackages(made, architecture, root, headers);
    renameSync(made, folder);
  } catch (error) {
    throw unwritable(folder, error);
  } finally {
    process.off('exit', abandon);
    abandon();
  }
}

async function unpackDebian(made: string, architecture: Architecture, work: string): Promise<void> {
  const debs = join(work, 'debs');
  mkdirSync(join(debs, 'partial'), { recursive: true });
  await apt(
    await configure(undefined, architecture, work),
    [
      ...['install', '-qq', '--yes', '--download-only', '--no-install-recommends'],
      ...['-o', `Dir::Cache::archives=${debs}`, ...DEBIAN],
    ],
    `fetch packages for ${architecture}`,
    work,
  );
  for (const name of readdirSync(debs).filter((each) => each.endsWith('.deb')))
    await output('dpkg-deb', ['-x', join(debs, name), made], `unpack ${name}`);
}

/** @returns the folder with its headers, as node-gyp wants it */
async function unpackNode(made: string, architecture: Architecture, work: string): Promise<string> {
  const [major = ''] = process.versions.node.split('.');
  const named = `node-linux-${architecture}@${major}`;
  const [archive = ''] = (
    await output('npm', ['pack', '--silent', named], `fetch ${named}`, { cwd: work })
  ).split('\n');
  await output('tar', ['-xzf', archive], `unpack ${archive}`, { cwd: work });
  copyFileSync(join(work, 'package/bin/node'), join(made, NODE));
  return join(work, 'package');
}

/** In the versions, and with the hashes, that the checkout's lock file has. */
async function buildPackages(
  made: string,
  architecture: Architecture,
  root: string,
  headers: string,
): Promise<void> {
  const cwd = join(made, dirname(PACKAGES));
  const { dependencies, overrides } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Manifest;
  const wanted = Object.fromEntries(NATIVE.map((name) => [name, dependencies[name]]));
  writeFileSync(
    join(cwd, 'package.json'),
    JSON.stringify({ private: true, dependencies: wanted, overrides: { nan: overrides['nan'] } }),
  );
  copyFileSync(join(root, 'package-lock.json'), join(cwd, 'package-lock.json'));
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await output(
    'npm',
    ['install', '--ignore-scripts', '--os=linux', '--libc=glibc', `--cpu=${architecture}`, ...quiet],
    'fetch the native packages',
    { cwd },
  );
  const triplet = TRIPLETS[architecture];
  await output(
    'npm',
    ['rebuild', 'cap', 'raw-socket', '--ignore-scripts=false', ...quiet],
    `build cap and raw-socket for ${architecture}`,
    {
      cwd,
      env: {
        ...process.env,
        npm_config_arch: architecture,
        npm_config_nodedir: headers,
        CC: `${triplet}-gcc`,
        CXX: `${triplet}-g++ '--sysroot=${made}'`,
      },
    },
  );
}
