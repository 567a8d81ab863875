import { colour } from './colour';
import { currentPlatform } from '../platform/current';

/** What this machine can do. `ok` is false where something is missing that a full run needs. */
export function doctor({ json }: { json: boolean }): { text: string; ok: boolean } {
  const diagnoses = currentPlatform().diagnose();
  const ok = diagnoses.every((diagnosis) => diagnosis.ok);
  if (json) return { text: `${JSON.stringify({ ok, diagnoses }, null, 2)}\n`, ok };
  const lines = diagnoses.flatMap((diagnosis) => [
    `${diagnosis.ok ? colour.green('yes') : colour.red('no ')}  ${diagnosis.what.padEnd(20)}  ${diagnosis.found}`,
    ...(diagnosis.help === undefined ? [] : [`     ${' '.repeat(20)}  ${diagnosis.help}`]),
  ]);
  return { text: `${lines.join('\n')}\n`, ok };
}
