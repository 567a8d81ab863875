// Loads the modules of a command out of one script with V8's code cache: under emulation, finding, reading and compiling
// hundreds of files takes longer than the rules.
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** Names of the files in the folder of a pack. */
const SCRIPT = 'pack.js';
const CACHE = 'pack.cache';

/**
 * Returns a `require` for the packed modules below `root`, by paths relative to it, and `keep`, which writes what V8 has
 * compiled by then. What is not packed, such as native code, is loaded from `root` as usual.
 */
function openPack(folder, root) {
  const source = readFileSync(join(folder, SCRIPT), 'utf8');
  const script = new Script(source, { filename: join(root, SCRIPT), cachedData: read(join(folder, CACHE)) });
  const { modules, requests } = script.runInThisContext();
  const loaded = new Map();
  const load = (name) => {
    const before = loaded.get(name);
    if (before !== undefined) return before.exports;
    const file = join(root, name);
    const code = modules[name];
    const outside = createRequire(file);
    if (code === undefined) return outside(file);
    const module = { exports: {}, id: file, filename: file, loaded: false };
    loaded.set(name, module);
    const inside = (request) => {
      const target = requests[name]?.[request];
      return target === undefined ? outside(request) : load(target);
    };
    code.call(module.exports, module.exports, Object.assign(inside, outside), module, file, dirname(file));
    module.loaded = true;
    return module.exports;
  };
  return { load, keep: () => writeFileSync(join(folder, CACHE), script.createCachedData()) };
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

module.exports = { openPack, SCRIPT };
