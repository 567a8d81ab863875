import { write32 } from './layouts';
import { libcFunction } from './libc';

const LINUX_CAPABILITY_VERSION_3 = 0x20080522;
const CAP_NET_RAW = 13;
const CAP_NET_ADMIN = 12;

const capget = libcFunction('int capget(void *, void *)');
const capset = libcFunction('int capset(void *, void *)');

/** Runs `action` while the calling thread lacks CAP_NET_RAW and CAP_NET_ADMIN; they come back after it (capabilities(7)). */
export function withoutNetworkPrivileges<T>(action: () => T): T {
  const header = Buffer.alloc(8);
  write32(header, LINUX_CAPABILITY_VERSION_3, 0);
  const before = Buffer.alloc(24);
  capget('read the capabilities', header, before);
  const without = Buffer.from(before);
  // The effective set is the first word of each half; the permitted set keeps what is to come back.
  const effective = without.readUInt32LE(0) & ~(1 << CAP_NET_RAW) & ~(1 << CAP_NET_ADMIN);
  write32(without, effective >>> 0, 0);
  capset('drop the network privileges', header, without);
  try {
    return action();
  } finally {
    capset('take the network privileges back', header, before);
  }
}
