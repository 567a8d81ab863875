import { readFileSync } from 'node:fs';
import { LabError } from '../../errors';
import type { NetworkInterface } from '../../lab/laboratory';

/** An interface of the calling thread's namespace that has an IPv6 address. @throws LabError where IPv6 is off */
export function interfaceOf(name: string): NetworkInterface {
  // Columns of /proc/net/if_inet6: address, index in hexadecimal, prefix length, scope, flags, name.
  const rows = read('/proc/thread-self/net/if_inet6').trim().split('\n');
  const row = rows.map((line) => line.trim().split(/\s+/)).find((columns) => columns[5] === name);
  if (row?.[1] === undefined) {
    throw new LabError(
      `Cannot use the interface ${name}: it has no IPv6 address. IPv6 may be disabled: sysctl net.ipv6.conf.all.disable_ipv6`,
    );
  }
  return {
    name,
    index: Number.parseInt(row[1], 16),
    mtu: Number(read(`/proc/sys/net/ipv6/conf/${name}/mtu`)),
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new LabError(`Cannot read ${path}: this kernel has no IPv6. Boot it without ipv6.disable=1.`);
  }
}
