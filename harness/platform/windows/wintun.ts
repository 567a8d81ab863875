import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../errors';
import type { FrameListener, Tap } from '../../lab/ground';
import { openLibrary, type ForeignFunction } from '../../native/ffi';
import { BARE } from '../../packet/link-layer';
import { encodeGuid } from './layouts';
import { copyFrom, copyTo, getLastError, loadFailure, wide } from './kernel32';
import { discardedBy } from './interfaces';

/** The interface of Wintun 0.14 (`wintun.h`). Handles and pointers are numbers: an address of a process fits. */
const PROTOTYPES = {
  WintunCreateAdapter: 'uintptr_t WintunCreateAdapter(void *, void *, void *)',
  WintunCloseAdapter: 'void WintunCloseAdapter(uintptr_t)',
  WintunGetAdapterLUID: 'void WintunGetAdapterLUID(uintptr_t, void *)',
  WintunStartSession: 'uintptr_t WintunStartSession(uintptr_t, uint32_t)',
  WintunEndSession: 'void WintunEndSession(uintptr_t)',
  WintunReceivePacket: 'uintptr_t WintunReceivePacket(uintptr_t, void *)',
  WintunReleaseReceivePacket: 'void WintunReleaseReceivePacket(uintptr_t, uintptr_t)',
  WintunAllocateSendPacket: 'uintptr_t WintunAllocateSendPacket(uintptr_t, uint32_t)',
  WintunSendPacket: 'void WintunSendPacket(uintptr_t, uintptr_t)',
} as const;

type Name = keyof typeof PROTOTYPES;
export type Wintun = Readonly<Record<Name, ForeignFunction>>;

export const WINTUN_HELP =
  'Download Wintun 0.14.1 or later from https://www.wintun.net and put bin\\amd64\\wintun.dll (on ARM bin\\arm64\\wintun.dll) into the folder of this checkout.';

const ROOT = join(__dirname, '../../..');

const WHY_NOT_LOADED: Readonly<Record<number, string>> = {
  126: 'there is none',
  193: 'it is for another processor',
  577: 'Windows does not trust its signature',
  1260: 'a policy of this system forbids it',
};

/** `wintun.dll` of the checkout, or of the system. @throws LabError with what helps */
export function loadWintun(path = pathOfWintun()): Wintun {
  const failure = loadFailure(path);
  if (failure !== undefined) {
    const why = WHY_NOT_LOADED[failure] ?? 'Windows does not load it';
    throw new LabError(`Cannot load ${path}: ${why} (error ${String(failure)}). ${WINTUN_HELP}`);
  }
  const library = openLibrary(path);
  const names = Object.keys(PROTOTYPES) as Name[];
  const missing = names.filter((name) => !library.has(name));
  if (missing.length > 0) {
    throw new LabError(`Cannot use ${path}: it is too old, it has no ${missing.join(', ')}. ${WINTUN_HELP}`);
  }
  return Object.fromEntries(names.map((name) => [name, library.function(PROTOTYPES[name])])) as Wintun;
}

function pathOfWintun(): string {
  const own = join(ROOT, 'wintun.dll');
  return existsSync(own) ? own : 'wintun.dll';
}

/** Bytes of the ring in each direction, a power of two: more than any rule sends before it looks. */
const RING = 1 << 26;
const PACKET_BYTES = 65_535;
const NO_MORE_ITEMS = 259;

const WHY_NO_ADAPTER: Readonly<Record<number, string>> = {
  5: 'access is denied. Run as administrator',
  577: 'Windows does not trust the signature of the driver. Restart with Secure Boot on, or install the updates',
  1275: 'Windows blocked the driver from loading. Look into the Code Integrity log of the event viewer',
};

/** An adapter of the host whose packets this process takes and gives. It is gone when it is closed, or when the process ends. */
export interface WintunDevice extends Tap {
  /** The adapter's NET_LUID. */
  readonly luid: bigint;
  close(): void;
}

/** Makes an adapter. `guid` is the same in every run, so that Windows does not take each for a new network. @throws LabError */
export function openWintun(wintun: Wintun, name: string, guid: string): WintunDevice {
  const failed = (what: string): LabError => {
    const error = getLastError();
    const why = WHY_NO_ADAPTER[error] ?? 'the driver did not answer as it should';
    return new LabError(`Cannot ${what}: ${why} (error ${String(error)}).`);
  };
  const adapter = wintun.WintunCreateAdapter(wide(name), wide('rfc3542'), encodeGuid(guid));
  if (adapter === 0) throw failed(`make the Wintun adapter ${name}`);
  const session = wintun.WintunStartSession(adapter, RING);
  if (session === 0) {
    const error = failed(`start a session on the Wintun adapter ${name}`);
    wintun.WintunCloseAdapter(adapter);
    throw error;
  }
  const luidBytes = Buffer.alloc(8);
  wintun.WintunGetAdapterLUID(adapter, luidBytes);
  const luid = luidBytes.readBigUInt64LE();
  let listener: FrameListener = () => undefined;
  let discarded = discardedBy(luid);
  const packet = Buffer.alloc(PACKET_BYTES);
  const size = Buffer.alloc(4);
  return {
    linkLayer: BARE,
    luid,
    listen: (next) => {
      listener = next;
    },
    drain: () => {
      for (;;) {
        const address = wintun.WintunReceivePacket(session, size);
        if (address === 0) {
          if (getLastError() === NO_MORE_ITEMS) return;
          throw failed(`read from the Wintun adapter ${name}`);
        }
        const length = size.readUInt32LE(0);
        copyFrom(address, packet, length);
        wintun.WintunReleaseReceivePacket(session, address);
        listener(packet, length);
      }
    },
    send: (frame) => {
      const address = wintun.WintunAllocateSendPacket(session, frame.length);
      if (address === 0) throw failed(`write to the Wintun adapter ${name}`);
      copyTo(address, frame);
      wintun.WintunSendPacket(session, address);
    },
    lost: () => {
      const now = discardedBy(luid);
      const since = Number(now - discarded);
      discarded = now;
      return since;
    },
    close: () => {
      wintun.WintunEndSession(session);
      wintun.WintunCloseAdapter(adapter);
    },
  };
}
