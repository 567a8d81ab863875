import { LabError, SyscallError } from '../../errors';
import type { Ground } from '../../lab/ground';
import type { Lab, Platform } from '../current';
import { capabilities } from './capabilities';
import { diagnose, rawSocketHelp } from './doctor';
import { openLoopbackGround } from './loopback';
import { machine } from './machine';
import { systemCalls } from './system-calls';
import { openTunGround } from './tun';
import { wineVersion } from './wine';

export const windows: Platform = {
  /** Under Wine no deviation of Windows applies: another system answers there. */
  get name() {
    return wineVersion() === undefined ? 'windows' : 'wine';
  },
  usualLab: 'tun',
  machine,
  diagnose,
  openGround,
  capabilities,
  // An administrator's rights cannot be had later: Windows asks for them when a process starts.
  enterPrivileged: () => undefined,
};

function openGround(lab: Lab): Ground {
  demandRawSockets();
  switch (lab) {
    case 'link':
      throw new LabError('Cannot make a pair of devices: Windows has none. Run it with --lab tun.');
    case 'tun':
      return openTunGround();
    case 'loopback':
      return openLoopbackGround();
  }
}

/** Before anything of the machine is touched. @throws LabError with what helps */
function demandRawSockets(): void {
  try {
    systemCalls.close(systemCalls.socket({ family: 'inet6', type: 'raw', protocol: 58 }));
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    throw new LabError(`${error.message}. ${rawSocketHelp(error)}`, { cause: error });
  }
}
