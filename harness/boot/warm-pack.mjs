// node warm-pack.mjs FOLDER ARGUMENT…: runs the command out of a pack, and keeps beside it what V8 compiled meanwhile.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { openPack } = createRequire(import.meta.url)('./guest/pack.cjs');
const [folder, ...args] = process.argv.slice(2);
const { load, keep } = openPack(folder, fileURLToPath(new URL('../..', import.meta.url)));
const nothing = () => undefined;
await load('harness/cli/main.ts').command(args, { out: nothing, err: nothing });
keep();
process.exit();
