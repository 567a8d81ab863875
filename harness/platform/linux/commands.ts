import { spawnSync } from 'node:child_process';
import { LabError } from '../../errors';

/** Where administration commands are, also for users whose PATH lacks them. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`;

/** Runs a command in the network namespace of the calling thread and returns what it printed. @throws LabError */
export function command(program: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });
  const shown = [program, ...args].join(' ');
  if (error !== undefined) {
    const why = 'code' in error && error.code === 'ENOENT' ? 'it is not installed' : error.message;
    throw new LabError(`Cannot run ${program}: ${why}. "npm start" installs what is missing.`);
  }
  if (status !== 0) throw new LabError(`Cannot run ${shown}: ${stderr.trim()}`);
  return stdout;
}

/** Many `ip` commands at once (ip(8), -batch). */
export function ip(lines: readonly string[]): void {
  command('ip', ['-batch', '-'], `${lines.join('\n')}\n`);
}
