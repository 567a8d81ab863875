// TypeScript for Node's require. ts-node compiles and keeps nothing, which is half of a start; here its output is kept until the
// source changes, or what decides how it is compiled.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { addHook } from 'pirates';

const require = createRequire(import.meta.url);
const DECIDES = ['tsconfig.json', 'package-lock.json'];

/** From now on `require` loads the TypeScript files below `root`. */
export function compileTypeScript(root) {
  const kept = join(root, 'node_modules/.cache/rfc3542');
  const settings = createHash('sha256');
  for (const file of DECIDES) settings.update(readFileSync(join(root, file)));
  let compiler;
  process.setSourceMapsEnabled(true);
  addHook(
    (code, file) => {
      // The mark is the last line: one at the beginning would move every line of the source map.
      const mark = `\n//${settings.copy().update(code).digest('hex')}`;
      const name = join(kept, `${relative(root, file).replaceAll(sep, '-')}.js`);
      const before = read(name);
      if (before?.endsWith(mark)) return before;
      compiler ??= require('ts-node').create({ cwd: root, transpileOnly: true });
      const compiled = compiler.compile(code, file) + mark;
      keep(name, compiled);
      return compiled;
    },
    { exts: ['.ts'] },
  );
}

function read(name) {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return undefined;
  }
}

/** Two processes may start at once, and a checkout may belong to somebody else: then nothing is kept. */
function keep(name, compiled) {
  const unfinished = `${name}.${process.pid}`;
  try {
    mkdirSync(join(name, '..'), { recursive: true });
    writeFileSync(unfinished, compiled);
    renameSync(unfinished, name);
  } catch {
    return;
  }
}
