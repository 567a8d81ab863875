import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readElf } from './elf';
import { BuildError } from './errors';
import { firstIn, type SystemFile } from './sysroot';

/** Where the loaders of glibc and musl look without being told. */
const FOLDERS = ['/lib64', '/usr/lib64', '/lib', '/usr/lib', '/usr/local/lib'];

/**
 * The shared libraries and the loaders that programs need, found by what ld.so(8) goes by and without running anything, so that it
 * works for another architecture. `root` is a folder laid out as the root of a system.
 * @throws BuildError for a library that is not there
 */
export function librariesOf(programs: readonly SystemFile[], root: string): SystemFile[] {
  const folders = [...configured(root), ...FOLDERS];
  const found = new Map<string, SystemFile>();
  const queue = [...programs];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { name: program, path } = next;
    const elf = readElf(path);
    if (elf === undefined) continue;
    const own = elf.runpath.map((folder) => folder.replace(/\$ORIGIN|\$\{ORIGIN\}/g, dirname(program)));
    const suits = (library: string): boolean => readElf(library)?.architecture === elf.architecture;
    const { interpreter } = elf;
    const loader =
      interpreter === undefined ? [] : [{ name: basename(interpreter), in: [dirname(interpreter)] }];
    for (const wanted of [...elf.needed.map((name) => ({ name, in: [...own, ...folders] })), ...loader]) {
      const library = firstIn(root, wanted.in, wanted.name, suits);
      if (library === undefined)
        throw new BuildError(
          `Cannot make an image: ${path} needs ${wanted.name}, which is not among the libraries in ${root}.`,
        );
      if (found.has(library.name)) continue;
      found.set(library.name, library);
      queue.push(library);
    }
  }
  // The name by which the suite asks libpcap its version, and by which the package cap opens it.
  const pcap = [...found.keys()].find((name) => basename(name).startsWith('libpcap.so'));
  const plain = pcap === undefined ? undefined : firstIn(root, [dirname(pcap)], 'libpcap.so');
  return [...found.values(), ...(plain === undefined || found.has(plain.name) ? [] : [plain])];
}

/** The folders that ld.so.conf(5) names, and the files that it usually includes. */
function configured(root: string): string[] {
  const etc = join(root, 'etc');
  const included = join(etc, 'ld.so.conf.d');
  const files = existsSync(included) ? readdirSync(included).sort() : [];
  return [join(etc, 'ld.so.conf'), ...files.map((name) => join(included, name))]
    .filter((path) => path.endsWith('.conf') && existsSync(path))
    .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
    .filter((line) => line.startsWith('/'));
}
