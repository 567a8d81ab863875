import { execFile, type ExecFileException } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { oneLine } from '../../reports/text';
import { cacheFolder } from './cache';
import { BuildError } from './errors';
import { debianName } from './sysroot';

const run = promisify(execFile);
/** Of a complaint, in characters: tar names every file for which there is no room. */
const MOST = 300;

/** Lists of packages that are not the system's. */
export interface Lists {
  /** The path of a configuration for apt-get that names them. */
  readonly configuration: string;
  /** Where they lie, also after this. */
  readonly folder: string;
}

/**
 * Writes a configuration for apt-get into `work`, with lists of its own, so that nothing of the system's is touched, and reads
 * the lists. Another release is looked for on the mirrors that this system uses.
 * @throws BuildError
 */
export async function configure(
  release: string | undefined,
  architecture: NodeJS.Architecture,
  work: string,
): Promise<Lists> {
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
  const kept = cacheFolder('apt', `${release ?? 'system'}-${architecture}`);
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
      `APT::Architecture "${debianName(architecture)}";`,
      `APT::Architectures { "${debianName(architecture)}"; };`,
      'APT::Sandbox::User "";',
      'Acquire::Languages "none";',
    ].join('\n'),
  );
  const lists = { configuration, folder: kept };
  await apt(
    lists,
    ['update', '-qq'],
    `read the lists of ${release ?? 'this system'} for ${debianName(architecture)}`,
    work,
  );
  return lists;
}

/** apt-get with some lists, in the folder `cwd`. `what` is what it is to do, for the error. @throws BuildError */
export async function apt(
  { configuration, folder }: Lists,
  args: readonly string[],
  what: string,
  cwd: string,
): Promise<void> {
  // Where another reads or renews the same lists, apt-get gives up instead of waiting.
  await output('flock', [join(folder, 'turn'), 'apt-get', ...args], what, {
    cwd,
    env: { ...process.env, APT_CONFIG: configuration, LC_ALL: 'C' },
  });
}

/** What a program prints. `what` is what it is to do, for the error. @throws BuildError where it cannot be started, or fails */
export async function output(
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
    throw new BuildError(`Cannot ${what}: ${oneLine(why.replaceAll(/^[EW]: /gm, ''), MOST)}`);
  }
}
