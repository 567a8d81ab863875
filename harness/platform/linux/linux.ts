import { LabError, SyscallError } from '../../errors';
import type { Ground } from '../../lab/ground';
import type { Lab, Platform } from '../current';
import { capabilities } from './capabilities';
import { diagnose } from './doctor';
import { openLinkGround } from './link';
import { openLoopbackGround } from './loopback';
import { machine } from './machine';
import { openTunGround } from './tun';
import { enterUserNamespace, NAMESPACES_HELP, userNamespaceObstacle } from './user-namespace';

const OPEN: Readonly<Record<Lab, () => Ground>> = {
  link: openLinkGround,
  tun: openTunGround,
  loopback: openLoopbackGround,
};

export const linux: Platform = {
  name: 'linux',
  usualLab: 'link',
  machine,
  diagnose,
  openGround,
  capabilities,
  enterPrivileged: enterUserNamespace,
};

function openGround(lab: Lab): Ground {
  try {
    return OPEN[lab]();
  } catch (error) {
    if (!(error instanceof SyscallError) || error.code !== 'EPERM') throw error;
    const obstacle = userNamespaceObstacle();
    const user = obstacle === undefined ? '' : `, and no user namespace is to be had (${obstacle})`;
    throw new LabError(`${error.message}${user}. ${NAMESPACES_HELP}`, { cause: error });
  }
}
