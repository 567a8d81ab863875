import { LabError, SyscallError } from '../errors';
import type { Ground } from '../lab/ground';
import type { Capabilities } from '../lab/needs';
import { linux } from './linux/linux';
import { windows } from './windows/windows';

/** Which ground a laboratory stands on. */
export const LABS = ['link', 'tun', 'loopback'] as const;
export type Lab = (typeof LABS)[number];

/** What tells one machine from another in a record. */
export interface MachineFacts {
  readonly system: string;
  readonly build: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly libc: string;
  readonly privileges: string;
  readonly node: string;
  readonly libpcap: string;
}

/** One line of `rfc3542 doctor`. */
export interface Diagnosis {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  /** The command or change that helps; absent where nothing is wrong. */
  readonly help?: string;
}

/** What an operating system does for the suite. */
export interface Platform {
  /** The name that deviations use. */
  readonly name: string;
  /** The laboratory where nobody names one. */
  readonly usualLab: Lab;
  machine(): MachineFacts;
  diagnose(): readonly Diagnosis[];
  /** @throws LabError or SyscallError when the machine cannot have this laboratory */
  openGround(lab: Lab): Ground;
  /** What a ground can do, found by trying. */
  capabilities(ground: Ground): Capabilities;
  /**
   * Starts the process again where it has the privileges that a laboratory needs, or returns at once: when it has them
   * already, or when they cannot be had.
   */
  enterPrivileged(): void;
}

export function currentPlatform(): Platform {
  switch (process.platform) {
    case 'linux':
      return linux;
    case 'win32':
      return windows;
    default:
      throw new LabError(
        `Cannot test this system: ${process.platform} is not supported. Run it on Linux or Windows.`,
      );
  }
}

/** A ground, or why there is none. */
export function tryGround(platform: Platform, lab: Lab): Ground | string {
  try {
    return platform.openGround(lab);
  } catch (error) {
    if (error instanceof LabError || error instanceof SyscallError) return error.message;
    throw error;
  }
}
