import { readFileSync, writeFileSync } from 'node:fs';
import { LabError } from '../../errors';
import type { Administration } from '../../lab/ground';
import type { Settings } from '../../lab/laboratory';
import { command, ip } from './commands';
import type { NetworkNamespace } from './namespaces';

/** What root of a namespace can change in it. */
export function administrationOf(namespace: NetworkNamespace): Administration {
  return {
    nft: (rules) => {
      namespace.run(() => command('nft', ['-f', '-'], rules));
    },
    set: (setting, value) => namespace.run(() => set(setting, value)),
    ip: (commands) => {
      namespace.run(() => {
        ip(commands);
      });
    },
    forgetPaths: () => {
      namespace.run(() => command('ip', ['-6', 'route', 'flush', 'cache']));
    },
  };
}

/** Writes a setting below `/proc/sys/net` of the calling thread's namespace, and returns what it was. @throws LabError */
export function set(setting: string, value: string): string {
  const path = `/proc/sys/net/${setting}`;
  try {
    const before = readFileSync(path, 'utf8').trim();
    writeFileSync(path, value);
    return before;
  } catch (error) {
    throw new LabError(
      `Cannot set net/${setting}: ${(error as Error).message}. This kernel may have no IPv6.`,
    );
  }
}

/** Milliseconds between two errors to one node, once those of a burst are spent: the kernel's default. */
const ERROR_INTERVAL = '1000';

/** Counters of one namespace, from `/proc/net/snmp6` (proc_net(5)), and its settings. */
export function settingsOf(namespace: NetworkNamespace): Settings {
  return {
    counter: (name) => {
      const lines = namespace.run(() => readFileSync('/proc/thread-self/net/snmp6', 'utf8')).split('\n');
      const line = lines.find((candidate) => candidate.split(/\s+/)[0] === name);
      if (line === undefined)
        throw new LabError(`Cannot read the counter ${name}: this kernel has none of that name`);
      return Number(line.split(/\s+/)[1]);
    },
    limitingErrors: async (action) => {
      const before = namespace.run(() => set('ipv6/icmp/ratelimit', ERROR_INTERVAL));
      try {
        return await action();
      } finally {
        namespace.run(() => set('ipv6/icmp/ratelimit', before));
      }
    },
  };
}
