import { LabError } from '../errors';
import type { Ground, Software } from '../lab/ground';
import type { Question } from '../lab/headers';
import { bend, type Defect } from './defect';

/**
 * Seeds defects into a host that stands, and returns the software that programs meet there from now on. `questions` is what
 * rules will ask its headers.
 * @throws LabError where the host is not the laboratory's own: a defect never touches the machine
 */
export function seed(ground: Ground, defects: readonly Defect[], questions: readonly Question[]): Software {
  if (defects.length > 0 && ground.name !== 'link') {
    throw new LabError(
      `Cannot seed a defect into the ${ground.name} laboratory: its host is this machine. Use --lab link.`,
    );
  }
  let { system, library } = ground;
  let patch = '';
  for (const { seed } of defects) {
    if ('nft' in seed) ground.administration.nft(seed.nft);
    else if ('ip' in seed) ground.administration.ip(seed.ip);
    else if ('calls' in seed) system = bend(system, seed.calls);
    else if ('library' in seed) library = { ...library, ...seed.library(library) };
    else if ('headers' in seed) patch += `${seed.headers}\n`;
    else
      for (const [setting, value] of Object.entries(seed.settings)) ground.administration.set(setting, value);
  }
  return { system, library, headers: ground.headers(questions, patch) };
}
