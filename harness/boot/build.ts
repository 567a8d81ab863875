import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { unwritable } from '../../reports/write';
import { encodeCpio, type Entry } from './cpio';
import { BuildError } from './errors';
import type { Frame } from './frames';
import { GUEST_PROBES, GUEST_ROOT } from './image';
import { readKernel, type Architecture, type Kernel } from './kernel';
import { modulesFor } from './modules';
import { unpackKernel } from './packages';
import { boot, checkQemu, mayTryKvm, type Accelerator, type Booted, type Phase } from './qemu';
import type { Sysroot } from './sysroot';

/** What is to be qualified: a kernel image, with a folder of its modules unless all is built in, or a package. */
export type Subject =
  { readonly kernel: string; readonly modules: string | undefined } | { readonly package: string };

export interface Plan {
  /** What the image was made from. */
  readonly sysroot: Sysroot;
  /** The path of the shared image, which is made when the first build needs it. @throws BuildError */
  readonly image: () => string;
  /** The command's own arguments inside. */
  readonly args: readonly string[];
  /** Further parameters of the kernel. */
  readonly append: string;
  readonly limits: Readonly<Record<Phase, number>>;
  readonly accelerator: 'auto' | Accelerator;
}

export interface Outcome {
  readonly label: string;
  readonly kernel: Kernel;
  readonly accelerator: Accelerator;
  /** What the guest handed back, if it came to its end. */
  readonly frames: readonly Frame[];
  /** Why it did not, in a sentence, and the last that the kernel printed. */
  readonly broken?: { readonly why: string; readonly console: string };
}

/** Until a guest with hardware virtualisation has its first program running; where it works, that takes a second. */
const KVM_LIMIT = 15_000;
const ATTEMPTS = 2;
/** Numbers of finit_module(2). */
const FINIT_MODULE: Readonly<Record<Architecture, number>> = { x64: 313, arm64: 273 };

/**
 * Boots a build, lets it run the command, and returns what came of it. Everything that it needs lies in a folder that is
 * removed, also when this process is ended.
 * @throws BuildError for what cannot be booted at all
 */
export async function qualifyBuild(
  subject: Subject,
  plan: Plan,
  signal: AbortSignal,
  say: (what: string) => void,
): Promise<Outcome> {
  const work = mkdtempSync(join(tmpdir(), 'rfc3542-boot-'));
  const abandon = (): void => {
    rmSync(work, { recursive: true, force: true });
  };
  process.once('exit', abandon);
  try {
    const { label, kernel, modules } = await found(subject, work, plan.sysroot, say);
    checkArchitecture(kernel.path, kernel.architecture, plan.sysroot);
    checkQemu(kernel.architecture);
    const initrd = await initrdOf(work, plan, label, kernel, modules);
    return { label, kernel, ...(await attempts(kernel, initrd, plan, signal, say)) };
  } catch (error) {
    throw unwritable(work, error);
  } finally {
    process.off('exit', abandon);
    abandon();
  }
}

/** Names of Debian's kernels tell before anything is fetched. */
const NAMED = /[-_](amd64|arm64)\b/;

function checkArchitecture(what: string, architecture: Architecture, sysroot: Sysroot): void {
  if (architecture === sysroot.architecture) return;
  const why = `Cannot boot ${what}: it is a kernel for ${architecture}, and`;
  throw new BuildError(
    sysroot.folder === '/'
      ? `${why} this Node and its native packages are for ${process.arch}. "rfc3542 sysroot FOLDER --architecture ${architecture}" makes such for it, and "qualify --sysroot FOLDER" takes them.`
      : `${why} the sysroot ${sysroot.folder} is for ${sysroot.architecture}.`,
  );
}

async function found(
  subject: Subject,
  work: string,
  sysroot: Sysroot,
  say: (what: string) => void,
): Promise<{ label: string; kernel: Kernel; modules: string | undefined }> {
  if ('package' in subject) {
    const [, named] = existsSync(subject.package) ? [] : (NAMED.exec(subject.package) ?? []);
    if (named !== undefined) checkArchitecture(subject.package, named === 'arm64' ? 'arm64' : 'x64', sysroot);
    say('unpacking');
    const { label, kernel, modules } = await unpackKernel(subject.package, work, sysroot.architecture);
    return { label, kernel: readKernel(kernel), modules };
  }
  const kernel = readKernel(subject.kernel);
  return { label: kernel.release ?? basename(subject.kernel), kernel, modules: subject.modules };
}

/** The shared image, and after it what belongs to this build: a kernel unpacks one archive after the other. */
async function initrdOf(
  work: string,
  { image, args }: Plan,
  label: string,
  kernel: Kernel,
  folder: string | undefined,
): Promise<string> {
  const modules = folder === undefined ? [] : modulesFor(folder, kernel.release);
  const guest = {
    root: GUEST_ROOT,
    args,
    modules: modules.map(({ name }) => name),
    environment: {
      HOME: '/root',
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      RFC3542_PROBES: GUEST_PROBES,
      NO_COLOR: '1',
      RFC3542_PATIENCE: '12',
    },
    calls: { finitModule: FINIT_MODULE[kernel.architecture] },
  };
  const entries: readonly Entry[] = [
    {
      name: 'etc/os-release',
      kind: 'file',
      data: Buffer.from(`PRETTY_NAME="${label.replaceAll(/["\\\n]/g, ' ')}"\n`),
    },
    { name: 'boot/plan.json', kind: 'file', data: Buffer.from(JSON.stringify(guest)) },
    ...modules.map(({ name, data }): Entry => ({ name: `modules/${name}.ko`, kind: 'file', data })),
  ];
  const initrd = join(work, 'initrd');
  await pipeline(createReadStream(image()), createWriteStream(initrd));
  await pipeline(Readable.from(encodeCpio(entries)), createWriteStream(initrd, { flags: 'a' }));
  return initrd;
}

async function attempts(
  { path, architecture }: Kernel,
  initrd: string,
  plan: Plan,
  signal: AbortSignal,
  say: (what: string) => void,
): Promise<Pick<Outcome, 'accelerator' | 'frames' | 'broken'>> {
  const start = (accelerator: Accelerator, limits: Plan['limits']): Promise<Booted> =>
    boot(
      { kernel: path, architecture, initrd, append: plan.append, accelerator, limits },
      signal,
      (phase) => {
        say(`${phase === 'boot' ? 'booting' : 'running'}${accelerator === 'kvm' ? '' : ', emulated'}`);
      },
    );
  if (plan.accelerator !== 'tcg' && mayTryKvm(architecture)) {
    const booted = await start('kvm', {
      ...plan.limits,
      boot: plan.accelerator === 'kvm' ? plan.limits.boot : KVM_LIMIT,
    });
    if (plan.accelerator === 'kvm' || booted.cut?.phase !== 'boot') return outcomeOf(booted, 'kvm', plan);
  }
  for (let attempt = 1; ; attempt += 1) {
    const booted = await start('tcg', plan.limits);
    if (booted.cut?.hung !== true || attempt === ATTEMPTS || signal.aborted)
      return outcomeOf(booted, 'tcg', plan);
    say(`hung in the ${booted.cut.phase}; once more`);
  }
}

function outcomeOf(
  { frames, cut, console, complaint }: Booted,
  accelerator: Accelerator,
  { limits }: Plan,
): Pick<Outcome, 'accelerator' | 'frames' | 'broken'> {
  if (cut === undefined) return { accelerator, frames };
  const during = cut.phase === 'boot' ? 'booted' : 'ran the suite';
  const why = cut.hung
    ? `The kernel hung while it ${during}: nothing came within ${String(limits[cut.phase] / 1000)} s.`
    : complaint !== '' && console === ''
      ? `QEMU did not start the kernel: ${complaint}`
      : `The kernel stopped while it ${during}.`;
  return { accelerator, frames, broken: { why, console: lastLines(console) } };
}

function lastLines(console: string): string {
  return stripVTControlCharacters(console).replaceAll('\r', '').trimEnd().split('\n').slice(-20).join('\n');
}
