// node record-pack.mjs FOLDER: writes into the folder one script with every module of the command, compiled. A process of its own, because
// it watches what is required.
import { writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileTypeScript } from '../compile.mjs';

/** What a guest may be asked to do: the command loads these when it runs. */
const ENTRIES = ['harness/cli/main.ts', 'harness/cli/run.ts', 'harness/cli/prove.ts'];

const [folder] = process.argv.slice(2);
const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const { SCRIPT } = require('./guest/pack.cjs');
const nameOf = (file) => relative(root, file);
const modules = new Map();
const requests = {};

const compile = Module.prototype._compile;
Module.prototype._compile = function (code, file) {
  modules.set(nameOf(file), code.replace(/^#!.*/, '').replaceAll(/^\/\/# sourceMappingURL=.*$/gm, ''));
  return compile.call(this, code, file);
};
const json = Module._extensions['.json'];
Module._extensions['.json'] = (module, file) => {
  json(module, file);
  modules.set(nameOf(file), `module.exports = ${JSON.stringify(module.exports)};`);
};
compileTypeScript(root);
for (const entry of ENTRIES) require(join(root, entry));

for (const [name, code] of modules) {
  const { resolve } = createRequire(join(root, name));
  for (const [, request] of code.matchAll(/\brequire\(['"]([^'"]+)['"]\)/g)) {
    const target = nameOf(found(resolve, request));
    if (modules.has(target)) (requests[name] ??= {})[request] = target;
  }
}

function found(resolve, request) {
  try {
    return resolve(request);
  } catch {
    return '';
  }
}

const packed = [...modules].map(
  ([name, code]) =>
    `${JSON.stringify(name)}: function (exports, require, module, __filename, __dirname) {${code}\n}`,
);
writeFileSync(
  join(folder, SCRIPT),
  `({ modules: {\n${packed.join(',\n')}\n}, requests: ${JSON.stringify(requests)} })`,
);
// Native packages may keep a process alive.
process.exit();
