import type { Patches } from '../lab/headers';
import type { Inet6Functions } from '../lab/library';
import type { System, SystemCalls } from '../socket/system-calls';

/**
 * A way in which a host can break a promise, seeded into a laboratory to see rules fail. Wherever the real kernel and the
 * real wire can be made to show it, they are; the system calls are bent for what no packet filter can do.
 */
export interface Defect {
  readonly id: string;
  /** What a host with it does wrong, in one sentence. */
  readonly says: string;
  /** The shipped system that had it. */
  readonly shipped?: string;
  /** Selectors of the rules that it must turn red: all of them, and no other rule. */
  readonly kills: readonly string[];
  readonly seed: Seed;
}

export type Seed =
  /** Rules of nftables in the host's namespace, as `nft -f` reads them (nft(8)). */
  | { readonly nft: string }
  /** Settings of the host's namespace below `/proc/sys/net`. */
  | { readonly settings: Readonly<Record<string, string>> }
  /** Commands of ip(8) in the host's namespace, and those that take them back. */
  | { readonly ip: readonly string[]; readonly undo: readonly string[] }
  /** Calls that answer otherwise; those that are not named stay the system's own. */
  | { readonly calls: (system: System) => Partial<SystemCalls> }
  /** Headers of the system that define something else. */
  | { readonly headers: Patches }
  /** Functions of the C library that answer otherwise. */
  | { readonly library: (library: Inet6Functions) => Partial<Inet6Functions> };

/** A system with the calls that a defect bends. */
export function bend(system: System, calls: (system: System) => Partial<SystemCalls>): System {
  return { ...system, calls: { ...system.calls, ...calls(system) } };
}
