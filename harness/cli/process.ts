import { withoutCall } from '../../reports/text';
import { EXIT } from '../rules/verdict';
import { command } from './main';

/** The command as a process of its own. */
async function main(): Promise<void> {
  let refused: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error: Error) => {
    refused ??= error;
  });
  const exitCode = await command(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
  // An open capture cannot be closed, and it would keep the process alive. What a pipe has not taken yet must leave first.
  process.stdout.write('', () => setImmediate(() => process.exit(endedWith(exitCode, refused))));
}

/** A reader who closed the pipe, such as `head`, has seen enough; anybody else misses a part. */
function endedWith(exitCode: number, refused: NodeJS.ErrnoException | undefined): number {
  if (refused === undefined || refused.code === 'EPIPE') return exitCode;
  process.stderr.write(`Cannot write to the standard output: ${withoutCall(refused.message)}\n`);
  return exitCode === EXIT.expected ? EXIT.incomplete : exitCode;
}

void main();
