import type { Architecture } from '../boot/kernel';
import { makeSysroot } from '../boot/make-sysroot';
import { EXIT } from '../rules/verdict';
import { ROOT } from '../run/suite';

/** Makes a folder from which `qualify` makes images for another architecture. @throws BuildError */
export async function sysroot(
  folder: string,
  { architecture }: { readonly architecture: Architecture },
  out: (text: string) => void,
): Promise<void> {
  // What is half made is removed when the process exits, which a signal alone does not make it do.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(EXIT.interrupted));
  await makeSysroot(folder, architecture, ROOT, (what) => {
    out(`${what} …\n`);
  });
  out(`${folder} is for "qualify --sysroot"\n`);
}
