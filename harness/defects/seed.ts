import { LabError } from '../errors';
import type { Ground } from '../lab/ground';
import type { System } from '../socket/system-calls';
import { bend, type Defect } from './defect';

/**
 * Seeds defects into a host that stands, and returns the system that its sockets meet from now on.
 * @throws LabError where the host is not the laboratory's own: a defect never touches the machine
 */
export function seed(ground: Ground, defects: readonly Defect[]): System {
  if (defects.length > 0 && ground.name !== 'link') {
    throw new LabError(
      `Cannot seed a defect into the ${ground.name} laboratory: its host is this machine. Use --lab link.`,
    );
  }
  return defects.reduce((system, { seed }) => {
    if ('nft' in seed) ground.administration.nft(seed.nft);
    else if ('ip' in seed) ground.administration.ip(seed.ip);
    else if ('calls' in seed) return bend(system, seed.calls);
    else
      for (const [setting, value] of Object.entries(seed.settings)) ground.administration.set(setting, value);
    return system;
  }, ground.system);
}
