import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { wordsOf } from '../errors';
import { BuildError } from './errors';

/** What the laboratory, its defects and the way back to this machine need, where it is not built in. */
const WANTED = [
  // The checksum that nf_tables asks the kernel for by another name than that of the module.
  ...['crc32c', 'crc32c_generic', 'crc32c_intel', 'crc32c_cryptoapi'],
  ...['virtio_pci', 'virtio_mmio', 'virtio_console'],
  ...['veth', 'tun', 'ipv6'],
  ...[
    'nf_tables',
    'nft_chain_filter',
    'nft_counter',
    'nft_limit',
    'nft_numgen',
    'nft_hash',
    'nft_reject_inet',
    'nft_reject_ipv6',
  ],
];

const UNPACK: Readonly<Record<string, readonly [string, ...string[]]>> = {
  '.xz': ['xz', '-dc'],
  '.zst': ['zstd', '-dcq'],
  '.gz': ['gzip', '-dc'],
};

export interface Module {
  readonly name: string;
  readonly data: Buffer;
}

/** Fields of a module's `.modinfo` section: strings `key=value`, each ended by a zero (include/linux/moduleparam.h). */
export function moduleInfo(data: Buffer, key: string): string | undefined {
  const mark = `\0${key}=`;
  const at = data.indexOf(mark, 0, 'latin1');
  if (at === -1) return undefined;
  const start = at + mark.length;
  return data.toString('latin1', start, data.indexOf(0, start));
}

/**
 * The modules that a boot needs, each after those that it depends on. `folder` is that of one kernel, as below
 * `/lib/modules`; what is missing in it is taken to be built in.
 * @throws BuildError for a folder that cannot be read, holds none, or belongs to another kernel
 */
export function modulesFor(folder: string, release: string | undefined): readonly Module[] {
  const files = filesIn(folder);
  if (files.size === 0) throw new BuildError(`Cannot use the modules in ${folder}: there are none.`);
  const loaded = new Map<string, Module>();
  const add = (name: string): void => {
    const path = files.get(name);
    if (path === undefined || loaded.has(name)) return;
    const data = unpacked(path);
    const built = moduleInfo(data, 'vermagic')?.split(' ')[0];
    if (release !== undefined && built !== release)
      throw new BuildError(
        `Cannot use the modules in ${folder}: they are of ${built ?? 'an unknown kernel'}, and the kernel is ${release}.`,
      );
    for (const before of (moduleInfo(data, 'depends') ?? '').split(',')) add(before.replaceAll('-', '_'));
    loaded.set(name, { name, data });
  };
  WANTED.forEach(add);
  return [...loaded.values()];
}

/** Paths by the name that the kernel uses, which has underscores only. */
function filesIn(folder: string): Map<string, string> {
  try {
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return new Map(
      paths
        .filter((path) => /\.ko(\.\w+)?$/.test(path))
        .map((path) => [
          basename(path)
            .replace(/\.ko.*$/, '')
            .replaceAll('-', '_'),
          join(folder, path),
        ]),
    );
  } catch (error) {
    throw new BuildError(`Cannot read the modules in ${folder}: ${wordsOf(error)}`);
  }
}

function unpacked(path: string): Buffer {
  const packed = readFileSync(path);
  const unpack = UNPACK[/\.ko(\.\w+)$/.exec(path)?.[1] ?? ''];
  if (unpack === undefined) return packed;
  const [program, ...args] = unpack;
  const { stdout, status, error } = spawnSync(program, args, { input: packed, maxBuffer: 1 << 28 });
  if (error !== undefined || status !== 0)
    throw new BuildError(`Cannot unpack the module ${path}: ${error?.message ?? `${program} fails`}.`);
  return stdout;
}
