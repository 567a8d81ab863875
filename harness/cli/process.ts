import { command } from './main';

/** The command as a process of its own. */
async function main(): Promise<void> {
  const exitCode = await command(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
  // An open capture cannot be closed, and it would keep the process alive. What a pipe has not taken yet must leave first.
  process.stdout.write('', () => process.exit(exitCode));
}

void main();
