import { LabError, Unobservable } from '../../errors';
import type { Administration } from '../../lab/ground';
import type { Headers } from '../../lab/headers';
import type { Settings } from '../../lab/laboratory';
import type { Inet6Functions } from '../../lab/library';

/** What Windows has not. Needs keep rules away from it; whoever comes here all the same is told so. */

function never(what: string): () => never {
  return () => {
    throw new LabError(`Cannot ${what}: Windows has none`);
  };
}

const inet6 = never('call the functions inet6_rth_* and inet6_opt_*');

export const noInet6Functions: Inet6Functions = {
  rthSpace: inet6,
  rthInit: inet6,
  rthAdd: inet6,
  rthReverse: inet6,
  rthSegments: inet6,
  rthGetAddress: inet6,
  optInit: inet6,
  optAppend: inet6,
  optFinish: inet6,
  optSetValue: inet6,
  optNext: inet6,
  optFind: inet6,
  optGetValue: inet6,
};

export const noHeaders: Headers = { answer: never('ask the header files of RFC 3542') };

export const noAdministration: Administration = {
  nft: never('read rules of nftables'),
  set: never('write a setting below /proc/sys/net'),
  ip: never('run a command of ip(8)'),
  forgetPaths: never('forget what was learned of paths'),
};

export const noCounters: Settings = {
  counter: (name) => {
    throw new Unobservable(`Windows has no counter ${name}.`);
  },
  // The laboratory changes nothing of the system's own limit.
  limitingErrors: (action) => action(),
};
