import { spawn, spawnSync } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { accessSync, constants } from 'node:fs';
import { BuildError } from './errors';
import { type Frame, FrameReader } from './frames';
import type { Architecture } from './kernel';

export type Accelerator = 'kvm' | 'tcg';
export type Phase = 'boot' | 'run';

interface Machine {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly console: string;
  /** The processor where it is emulated. */
  readonly processor: string;
}

const MACHINES: Readonly<Record<Architecture, Machine>> = {
  x64: {
    program: 'qemu-system-x86_64',
    // With the timers of a PC: where there are none, a kernel can hang when it measures its clock.
    arguments: ['-M', 'q35'],
    console: 'ttyS0',
    // Without the fast string instructions, which are emulated byte by byte: a kernel that sees them copies with nothing else.
    processor: 'max,-erms,-fsrm',
  },
  // On `max`, which is no faster, QEMU 7.2 ends Node by a signal within a minute or two if V8 compiles in a thread of its own.
  arm64: {
    program: 'qemu-system-aarch64',
    arguments: ['-M', 'virt'],
    console: 'ttyAMA0',
    processor: 'cortex-a72',
  },
};

/** Mebibytes. */
const MEMORY = 1024;
/** How much of the console is kept, in characters. */
const KEPT = 8192;

export interface Boot {
  readonly kernel: string;
  readonly architecture: Architecture;
  readonly initrd: string;
  readonly append: string;
  readonly accelerator: Accelerator;
  /** Milliseconds that each phase may take. */
  readonly limits: Readonly<Record<Phase, number>>;
}

export interface Booted {
  /** What the guest handed back. */
  readonly frames: readonly Frame[];
  /** The phase in which it ended or was ended, if the guest did not say that it had ended. */
  readonly cut?: { readonly phase: Phase; readonly hung: boolean };
  /** The end of what the kernel printed. */
  readonly console: string;
  /** What QEMU itself complained of. */
  readonly complaint: string;
}

/** @throws BuildError where there is no QEMU for the architecture */
export function checkQemu(architecture: Architecture): void {
  const { program } = MACHINES[architecture];
  if (spawnSync(program, ['--version']).error !== undefined)
    throw new BuildError(
      `Cannot boot a kernel for ${architecture}: ${program} is not installed (Debian: ${architecture === 'x64' ? 'qemu-system-x86' : 'qemu-system-arm'}).`,
    );
}

/** Whether hardware virtualisation may be tried at all; whether it works is seen when a guest starts. */
export function mayTryKvm(architecture: Architecture): boolean {
  if (architecture !== process.arch) return false;
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Boots a kernel and waits for its end. QEMU ends with `signal`, and with this process. */
export async function boot(
  plan: Boot,
  signal: AbortSignal,
  onPhase: (phase: Phase) => void,
): Promise<Booted> {
  const machine = MACHINES[plan.architecture];
  const child = spawn(
    // A process that is killed cannot end another; the kernel does (prctl(2), PR_SET_PDEATHSIG).
    'setpriv',
    [
      ...['--pdeathsig', 'KILL', machine.program],
      ...machine.arguments,
      ...[
        '-nodefaults',
        '-no-user-config',
        '-display',
        'none',
        '-no-reboot',
        '-m',
        String(MEMORY),
        '-smp',
        '1',
      ],
      ...(plan.accelerator === 'kvm'
        ? ['-accel', 'kvm', '-cpu', 'max']
        : ['-accel', 'tcg,thread=multi,tb-size=512', '-cpu', machine.processor]),
      ...['-kernel', plan.kernel, '-initrd', plan.initrd],
      ...['-append', `console=${machine.console} quiet panic=-1 ${plan.append}`],
      ...['-serial', 'stdio'],
      // The ends of socket pairs, which have no name: nothing can be left behind.
      ...['-chardev', 'socket,id=serial,fd=3', '-chardev', 'socket,id=port,fd=4'],
      ...(plan.architecture === 'x64' ? ['-serial', 'chardev:serial'] : []),
      ...['-device', 'virtio-serial', '-device', 'virtserialport,chardev=port,name=rfc3542'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' },
  );
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  const console = keepEnd(child.stdout);
  const complaint = keepEnd(child.stderr);
  const frames: Frame[] = [];
  let phase: Phase = 'boot';
  let hung = false;
  const limit = (): NodeJS.Timeout =>
    setTimeout(() => {
      hung = true;
      kill();
    }, plan.limits[phase]);
  let timer = limit();
  onPhase(phase);
  for (const stream of [child.stdio[3], child.stdio[4]]) {
    const reader = new FrameReader();
    (stream as Readable)
      .on('error', () => undefined)
      .on('data', (piece: Buffer) => {
        try {
          for (const frame of reader.push(piece)) {
            frames.push(frame);
            // The guest ends when it reads this.
            if (frame.kind === 'ended') (stream as Duplex).write('\n');
            if (frame.kind !== 'booted') continue;
            clearTimeout(timer);
            phase = 'run';
            timer = limit();
            onPhase(phase);
          }
        } catch {
          kill();
        }
      });
  }
  await new Promise<void>((resolve) => {
    child
      .once('error', () => undefined)
      .once('close', () => {
        resolve();
      });
  });
  clearTimeout(timer);
  process.off('exit', kill);
  const ended = frames.some(({ kind }) => kind === 'ended');
  return {
    frames,
    ...(ended ? {} : { cut: { phase, hung } }),
    console: console(),
    complaint: complaint().trim(),
  };
}

function keepEnd(stream: Readable | null): () => string {
  let end = '';
  stream?.setEncoding('utf8').on('data', (piece: string) => {
    end = (end + piece).slice(-KEPT);
  });
  return () => end;
}
