import { LabError } from '../errors';
import type { Ground, Software } from '../lab/ground';
import type { Question } from '../lab/headers';
import { bend, type Defect } from './defect';

/** A host with defects. */
export interface Seeded {
  /** What programs meet there from now on. */
  readonly software: Software;
  /** Takes back what was done to the host itself. @throws LabError */
  readonly mend: () => void;
}

/**
 * Seeds defects into a host that stands. `questions` is what rules will ask its headers.
 * @throws LabError where the host is not the laboratory's own: a defect never touches the machine
 */
export function seed(ground: Ground, defects: readonly Defect[], questions: readonly Question[]): Seeded {
  if (defects.length > 0 && !ground.isolated) {
    throw new LabError(
      `Cannot seed a defect into the ${ground.name} laboratory: its host is this machine. Use --lab link or tun.`,
    );
  }
  const { administration } = ground;
  const mends: (() => void)[] = [];
  let { system, library } = ground;
  const patches: Record<string, string> = {};
  for (const { seed } of defects) {
    if ('nft' in seed) {
      administration.nft(seed.nft);
      mends.push(() => {
        administration.nft('flush ruleset');
      });
    } else if ('ip' in seed) {
      administration.ip(seed.ip);
      mends.push(() => {
        administration.ip(seed.undo);
      });
    } else if ('settings' in seed) {
      for (const [setting, value] of Object.entries(seed.settings)) {
        const before = administration.set(setting, value);
        mends.push(() => {
          administration.set(setting, before);
        });
      }
    } else if ('calls' in seed) system = bend(system, seed.calls);
    else if ('library' in seed) library = { ...library, ...seed.library(library) };
    else {
      for (const [header, text] of Object.entries(seed.headers))
        patches[header] = `${patches[header] ?? ''}${text}\n`;
    }
  }
  return {
    software: { system, library, headers: ground.headers(questions, patches) },
    mend: () => {
      for (const mend of mends) mend();
    },
  };
}
