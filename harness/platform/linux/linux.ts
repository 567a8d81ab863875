import type { Platform } from '../current';
import { capabilities } from './capabilities';
import { diagnose } from './doctor';
import { openLinkGround } from './link';
import { openLoopbackGround } from './loopback';
import { machine } from './machine';
import { enterUserNamespace } from './user-namespace';

export const linux: Platform = {
  name: 'linux',
  machine,
  diagnose,
  openGround: (lab) => (lab === 'link' ? openLinkGround() : openLoopbackGround()),
  capabilities,
  enterPrivileged: enterUserNamespace,
};
