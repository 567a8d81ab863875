import { addressOf } from '../../native/ffi';
import { SyscallError } from '../../errors';
import { read32, write32, write64 } from './layouts';
import { libcFunction } from './libc';

const SIOCETHTOOL = 0x8946;
const IFNAMSIZ = 16;
const AF_INET = 2;
const SOCK_DGRAM = 2;

/** Commands of `linux/ethtool.h`: [get, set]. */
const OFFLOADS = {
  'rx-checksumming': [0x14, 0x15],
  'tx-checksumming': [0x16, 0x17],
  'scatter-gather': [0x18, 0x19],
  'tcp-segmentation-offload': [0x1e, 0x1f],
  'generic-segmentation-offload': [0x23, 0x24],
  'generic-receive-offload': [0x2b, 0x2c],
} as const;

const ioctl = libcFunction('int ioctl(int, unsigned long, void *)');
const socket = libcFunction('int socket(int, int, int)');
const close = libcFunction('int close(int)');

/** Turns every offload of an interface off that the kernel lets go of. The rest is told by `offloadsOf`. */
export function disableOffloads(device: string): void {
  for (const [, set] of Object.values(OFFLOADS)) {
    try {
      ethtool(device, set, 0);
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error;
    }
  }
}

/** Names of the offloads that are on, as ethtool(8) calls them. */
export function offloadsOf(device: string): string[] {
  return Object.entries(OFFLOADS)
    .filter(([, [get]]) => ethtool(device, get, 0) !== 0)
    .map(([name]) => name);
}

/** `struct ifreq` with a pointer to `struct ethtool_value`: the command, and its value. */
function ethtool(device: string, request: number, value: number): number {
  const argument = Buffer.alloc(8);
  write32(argument, request, 0);
  write32(argument, value, 4);
  const ifreq = Buffer.alloc(IFNAMSIZ + 24);
  ifreq.write(device, 'latin1');
  write64(ifreq, addressOf(argument), IFNAMSIZ);
  const descriptor = socket('open a control socket', AF_INET, SOCK_DGRAM, 0);
  try {
    ioctl(`change the offloads of ${device}`, descriptor, SIOCETHTOOL, ifreq);
  } finally {
    close('close a control socket', descriptor);
  }
  return read32(argument, 4);
}
