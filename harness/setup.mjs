// What a fresh machine lacks. It runs before anything is installed, so it is plain JavaScript and imports nothing but Node;
// it runs before every `npm start` and `npm test`, so the way to "nothing is missing" reads a few files and starts no process.
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const everywhere = (name) => ({ apt: name, dnf: name, apk: name, pacman: name, zypper: name });

/** What is needed, what for, and what each package manager calls it. Linux only: elsewhere nothing is installed. */
const NEEDS = {
  compiler: {
    name: 'a C++ compiler',
    use: 'to build the native packages',
    packages: { apt: 'g++', dnf: 'gcc-c++', apk: 'build-base', pacman: 'gcc', zypper: 'gcc-c++' },
  },
  make: { name: 'make', use: 'to build the native packages', packages: everywhere('make') },
  python3: {
    name: 'python3',
    use: 'to build the native packages',
    packages: { ...everywhere('python3'), pacman: 'python' },
  },
  libpcap: {
    name: 'libpcap with its development files',
    use: 'to capture packets',
    packages: { ...everywhere('libpcap-devel'), apt: 'libpcap-dev', apk: 'libpcap-dev', pacman: 'libpcap' },
  },
  ip: {
    name: 'ip',
    use: 'to set up the laboratory',
    packages: { ...everywhere('iproute2'), dnf: 'iproute' },
  },
  unshare: { name: 'unshare', use: 'to set up the laboratory', packages: everywhere('util-linux') },
  nft: { name: 'nft', use: 'to seed defects', packages: everywhere('nftables') },
  protocols: {
    name: 'the names of protocols (/etc/protocols)',
    use: 'which RFC 3542 §2.4 is about',
    packages: {
      apt: 'netbase',
      dnf: 'setup',
      apk: 'alpine-baselayout-data',
      pacman: 'iana-etc',
      zypper: 'netcfg',
    },
  },
};

const BUILD_TOOLS = ['compiler', 'make', 'python3'];

const MANAGERS = {
  apt: {
    command: 'apt-get',
    refresh: ['apt-get', 'update'],
    install: ['apt-get', 'install', '-y', '--no-install-recommends'],
    // A fresh Ubuntu updates itself in the background and holds the lock for a while.
    patience: ['-o', 'DPkg::Lock::Timeout=120'],
    environment: ['env', 'DEBIAN_FRONTEND=noninteractive'],
  },
  dnf: { command: 'dnf', install: ['dnf', 'install', '-y', '--setopt=install_weak_deps=False'] },
  apk: { command: 'apk', install: ['apk', 'add', '--no-cache'] },
  pacman: {
    command: 'pacman',
    refresh: ['pacman', '-Sy'],
    install: ['pacman', '-S', '--needed', '--noconfirm'],
  },
  zypper: { command: 'zypper', install: ['zypper', '--non-interactive', 'install', '--no-recommends'] },
};

/** The packages that are compiled here, and the file that each must have become. */
const ADDONS = { cap: 'cap/build/Release/cap.node', 'raw-socket': 'raw-socket/build/Release/raw.node' };

/**
 * The state of node_modules.
 *
 * @param lock the `packages` of package-lock.json
 * @param installed the `packages` of node_modules/.package-lock.json, which npm writes when an install is complete;
 *   undefined when there is none
 * @param {{ platform: string, arch: string, libc: string | undefined }} system
 * @param present whether a path of the lock file exists
 * @param loadError why a native package cannot be loaded; undefined when all can
 * @returns {'complete' | 'absent' | 'stale' | 'unbuilt'}
 */
export function judgeModules(lock, installed, system, present, loadError) {
  if (!installed) return 'absent';
  for (const [path, wanted] of Object.entries(lock)) {
    if (path === '') continue;
    const found = installed[path];
    if (!found && wanted.optional && !fits(wanted, system)) continue;
    if (found?.version !== wanted.version || found?.integrity !== wanted.integrity) return 'stale';
    if (!present(path)) return 'stale';
  }
  for (const path of Object.keys(installed)) if (!(path in lock)) return 'stale';
  return loadError() === undefined ? 'complete' : 'unbuilt';
}

/** An optional package without `os` and `cpu` may be absent for reasons of its own. */
function fits({ os, cpu, libc }, system) {
  return (
    os?.includes(system.platform) === true &&
    cpu?.includes(system.arch) === true &&
    (libc === undefined || libc.includes(system.libc))
  );
}

/**
 * The names of what is missing, in the order in which it is reported.
 *
 * @param {{ platform: string, found: string[], pcapLibrary: boolean, pcapHeaders: boolean, modules: string }} probe `found`
 *   names needs, of those that are not libpcap or node_modules
 */
export function findMissing({ platform, found, pcapLibrary, pcapHeaders, modules }) {
  const missing = [];
  // A compiler that nothing will be built with is not asked for.
  const builds = modules !== 'complete' && platform !== 'win32';
  if (builds) missing.push(...BUILD_TOOLS.filter((tool) => !found.includes(tool)));
  if (platform === 'linux') {
    if (!pcapLibrary || (builds && !pcapHeaders)) missing.push('libpcap');
    missing.push(...['ip', 'unshare', 'nft', 'protocols'].filter((need) => !found.includes(need)));
  }
  if (modules !== 'complete') missing.push('modules');
  return missing;
}

/**
 * What to do about it: steps that can be taken, or the one thing that the user has to do.
 *
 * @param {string[]} missing from findMissing
 * @param {string | undefined} manager a key of the package managers
 * @param {'root' | 'sudo' | 'password' | 'none'} privilege root; sudo without a password; sudo with one; no sudo
 * @param {{ platform: string, modules: string, freshLists: boolean, setup: string,
 *   blocked?: { why: string, owner: string } }} place `blocked` says why node_modules cannot be written; `setup` is the
 *   command that runs this file
 * @returns {{ steps: object[] } | { cannot: string, helps: string, command?: string }}
 */
export function plan(missing, manager, privilege, place) {
  const needs = missing.filter((name) => name in NEEDS);
  const steps = [];

  if (missing.includes('modules') && place.blocked) {
    const { why, owner } = place.blocked;
    return {
      cannot: `Cannot install node_modules: ${why}.`,
      ...(owner === 'root'
        ? { helps: 'Run this once, then try again:', command: asRoot([place.setup], privilege) }
        : { helps: 'Run this as a user who may write there, then try again:', command: place.setup }),
    };
  }

  if (needs.length > 0) {
    const names = enumerate(needs.map((need) => NEEDS[need].name));
    if (place.platform === 'darwin') {
      return {
        cannot: `Cannot install ${names}: on macOS they come with the Command Line Tools.`,
        helps: 'Run this once, then try again:',
        command: 'xcode-select --install',
      };
    }
    if (place.platform !== 'linux' || manager === undefined) {
      const known = enumerate(Object.values(MANAGERS).map(({ command }) => command));
      return {
        cannot: `Cannot install ${names}: no package manager was found (looked for ${known}).`,
        helps: 'Install them by hand, then try again.',
      };
    }
    const { install, refresh, environment = [], patience = [] } = MANAGERS[manager];
    const packages = [...new Set(needs.map((need) => NEEDS[need].packages[manager]))];
    if (privilege !== 'root' && privilege !== 'sudo') {
      return {
        cannot: `Cannot install ${names}: this user is not root, and ${
          privilege === 'password' ? 'sudo asks for a password' : 'there is no sudo'
        }.`,
        helps: 'Run this once, then try again:',
        command: asRoot(
          [...(refresh ? [refresh] : []), [...install, ...packages]].map((words) => words.join(' ')),
          privilege,
        ),
      };
    }
    const prefix = [...(privilege === 'sudo' ? ['sudo', '-n'] : []), ...environment];
    steps.push({
      kind: 'packages',
      does: `${MANAGERS[manager].command} install ${packages.join(' ')}`,
      what: names,
      command: [...prefix, ...install, ...packages, ...patience],
      byHand: asRoot([[...install, ...packages].join(' ')], privilege),
      ...(refresh ? { refresh: [...prefix, ...refresh], refreshFirst: !place.freshLists } : {}),
    });
  }

  if (missing.includes('modules')) steps.push(modulesStep(place));
  return { steps };
}

function modulesStep({ platform, modules }) {
  // The user's npm may be set to run no scripts, to leave out development packages or to say nothing: none of it fits here.
  if (modules === 'unbuilt') {
    const names = Object.keys(ADDONS);
    return {
      kind: 'unbuilt',
      does: `npm rebuild ${names.join(' ')}`,
      what: `the native packages ${enumerate(names)} for this Node`,
      byHand: `npm rebuild ${names.join(' ')}`,
      npm: ['rebuild', ...names, '--ignore-scripts=false', '--loglevel=error'],
    };
  }
  return {
    kind: 'install',
    does: 'npm ci',
    what: 'node_modules',
    byHand: 'npm ci',
    npm: [
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      // On Windows a native package that cannot be built must not take the others with it.
      ...(platform === 'win32' ? ['--ignore-scripts'] : []),
    ],
  };
}

/** One line that runs the commands as root. */
function asRoot(commands, privilege) {
  if (privilege === 'root') return commands.join(' && ');
  if (privilege === 'none') return `su -c '${commands.join(' && ').replaceAll("'", `'\\''`)}'`;
  return commands.map((command) => `sudo ${command}`).join(' && ');
}

/** `a, b and c` */
function enumerate(words) {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** What is missing, in words: `make and python3 (to build the native packages), nft (to seed defects)`. */
export function describe(missing, modules) {
  const byUse = new Map();
  for (const name of missing) {
    const need = NEEDS[name];
    if (need) byUse.set(need.use, [...(byUse.get(need.use) ?? []), need.name]);
  }
  const parts = [...byUse].map(([use, names]) => `${enumerate(names)} (${use})`);
  if (missing.includes('modules')) {
    parts.push(
      {
        absent: 'node_modules',
        stale: 'a node_modules that agrees with package-lock.json',
        unbuilt: `native packages built for Node ${process.versions.node}`,
      }[modules],
    );
  }
  return parts.join(', ');
}

/** Why this Node cannot be used, or undefined. `range` is `engines.node` of package.json, such as `>=20.9`. */
export function nodeTooOld(version, range) {
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor = 0] = range
    .replace(/^>=\s*/, '')
    .split('.')
    .map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
  return `Cannot run on Node ${version}: rfc3542 needs Node ${wantedMajor}.${wantedMinor} or later.`;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const nodeModules = join(root, 'node_modules');

/** Where a command is, or undefined. */
function which(command, folders) {
  for (const folder of folders) {
    const path = join(folder, command);
    if (isProgram(path)) return path;
  }
  return undefined;
}

/** A folder of PATH may be another user's, whom it tells nothing. */
function isProgram(path) {
  try {
    const status = statSync(path);
    return status.isFile() && (status.mode & 0o111) !== 0;
  } catch {
    return false;
  }
}

const searchPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');

function probe() {
  const platform = process.platform;
  if (platform === 'win32') {
    return { platform, found: [], pcapLibrary: false, pcapHeaders: false, modules: probeModules() };
  }
  const onPath = (command) => which(command, searchPath) !== undefined;
  // Debian keeps the folders of the administrator's tools from an ordinary user's PATH, but not the tools from the user.
  const network = (command) => {
    const path = which(command, [...searchPath, '/usr/sbin', '/sbin']);
    // The ones in busybox know neither the network namespace of a process nor its descriptors.
    return path !== undefined && !/^(busybox|toybox)/.test(basename(realpathSync(path)));
  };
  const found = [
    ...(compiler() === undefined ? [] : ['compiler']),
    ...['make', 'python3'].filter(onPath),
    ...['ip', 'unshare', 'nft'].filter(network),
    // The second is where openSUSE keeps what an administrator has not changed.
    ...(['/etc/protocols', '/usr/etc/protocols'].some((path) => existsSync(path)) ? ['protocols'] : []),
  ];
  return { platform, found, pcapLibrary: pcapLibrary(), pcapHeaders: pcapHeaders(), modules: probeModules() };
}

function compiler() {
  return process.env['CXX'] ?? ['g++', 'c++', 'clang++'].find((name) => which(name, searchPath));
}

/** Asks the dynamic linker, as cap does: it opens `libpcap.so`, the development link, at run time. */
function pcapLibrary() {
  const error = dlopen('libpcap.so');
  return error === undefined || !/cannot open shared object|loading shared library|no such file/i.test(error);
}

function pcapHeaders() {
  const given = ['CPATH', 'C_INCLUDE_PATH', 'CPLUS_INCLUDE_PATH'].flatMap(
    (name) => process.env[name]?.split(delimiter) ?? [],
  );
  const multiarch = existsSync('/usr/include')
    ? readdirSync('/usr/include').filter((name) => /-linux-/.test(name))
    : [];
  const folders = [
    ...given,
    '/usr/include',
    '/usr/local/include',
    ...multiarch.map((name) => `/usr/include/${name}`),
  ];
  return folders.some((folder) =>
    ['pcap.h', 'pcap/pcap.h'].some((header) => existsSync(join(folder, header))),
  );
}

/** Why Node cannot load a shared object, or undefined. */
function dlopen(path) {
  try {
    process.dlopen({ exports: {} }, path);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function probeModules() {
  return judgeModules(
    readPackages(join(root, 'package-lock.json')) ?? {},
    readPackages(join(nodeModules, '.package-lock.json')),
    { platform: process.platform, arch: process.arch, libc: libc() },
    (path) => existsSync(root + path),
    addonError,
  );
}

/** From the loader that Node's own executable names: Node's diagnostic report knows it too, and takes 8 ms. */
function libc() {
  if (process.platform !== 'linux') return undefined;
  const start = Buffer.alloc(4096);
  try {
    const file = openSync(process.execPath, 'r');
    readSync(file, start);
    closeSync(file);
  } catch {
    // Without /proc Node does not know where it is. Then no package is demanded for its libc.
    return undefined;
  }
  return start.includes('/ld-musl-') ? 'musl' : 'glibc';
}

/**
 * Loads them: it costs 2 ms, and no record of what was built for which Node can tell as much. A library that is missing is
 * no reason to build again: it is looked for by itself.
 */
function addonError() {
  if (process.platform === 'win32') return undefined;
  for (const file of Object.values(ADDONS)) {
    if (loaded.has(file)) continue;
    const error = dlopen(join(nodeModules, file));
    if (error === undefined) loaded.add(file);
    else if (!(/libpcap/.test(error) && !pcapLibrary())) return error;
  }
  return undefined;
}

/** A native package of this kind registers itself once in a process: to load it again is an error. */
const loaded = new Set();

function findManager() {
  return Object.keys(MANAGERS).find((name) => which(MANAGERS[name].command, searchPath));
}

/** Asks sudo only when there is something to ask for: a refusal is written to the administrator's log. */
async function findPrivilege(wanted) {
  if (process.getuid?.() === 0) return 'root';
  if (!which('sudo', searchPath)) return 'none';
  return wanted && (await run(['sudo', '-n', 'true'])).code === 0 ? 'sudo' : 'password';
}

function aptHasLists() {
  const folder = '/var/lib/apt/lists';
  return existsSync(folder) && readdirSync(folder).some((name) => /_Packages(\.\w+)?$/.test(name));
}

/** Why node_modules cannot be written, or undefined. */
function blocked() {
  const paths = existsSync(nodeModules)
    ? [nodeModules, ...Object.keys(ADDONS).map((name) => join(nodeModules, name))]
    : [root];
  for (const path of paths.filter((each) => existsSync(each))) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      return error.code === 'EROFS'
        ? { why: `${path} is on a read-only file system`, owner: 'nobody' }
        : {
            why: `this user may not write to ${path}`,
            owner: statSync(path).uid === 0 ? 'root' : 'another',
          };
    }
  }
  return undefined;
}

/** The npm that started this, else the one on PATH. yarn and pnpm set the same variable. */
function npmCommand() {
  const started = process.env['npm_execpath'];
  return started && /^npm-cli\.c?js$/.test(basename(started)) ? [process.execPath, started] : ['npm'];
}

function npmEnvironment() {
  const environment = { ...process.env };
  // node-gyp downloads Node's headers even where they lie beside Node; that fails behind a firewall.
  const prefix = dirname(dirname(process.execPath));
  if (headersVersion(prefix) === process.versions.node) environment['npm_config_nodedir'] = prefix;
  // make falls back to g++, and to nothing else.
  if (!which('g++', searchPath)) environment['CXX'] ??= compiler();
  return environment;
}

function headersVersion(prefix) {
  try {
    const text = readFileSync(join(prefix, 'include/node/node_version.h'), 'utf8');
    const part = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
    return ['MAJOR', 'MINOR', 'PATCH'].map(part).join('.');
  } catch {
    return undefined;
  }
}

/** Runs a command that asks nothing and shows nothing; its output is kept for the case that it fails. */
async function run([command, ...args], options = {}) {
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const output = [];
    const child = spawn(command, args, { ...options, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve({ code: error.code, output: error.message }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? signal, output: Buffer.concat(output).toString() }),
    );
  });
}

function say(text) {
  // Standard output belongs to the command that comes next: it may be a report that is piped on.
  process.stderr.write(text);
}

async function take(step) {
  if (step.npm) {
    const npm = npmCommand();
    // On Windows the npm on PATH is a batch file, which only a shell starts.
    const shell = process.platform === 'win32' && npm[0] === 'npm';
    return run([...npm, ...step.npm], { env: npmEnvironment(), shell });
  }
  if (step.refreshFirst) await run(step.refresh);
  const first = await run(step.command);
  if (first.code === 0 || step.refreshFirst || !step.refresh) return first;
  await run(step.refresh);
  return run(step.command);
}

const NEEDS_THE_USER = 2;

async function main() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const old = nodeTooOld(process.versions.node, engines.node);
  if (old) {
    say(`${old}\n`);
    return NEEDS_THE_USER;
  }

  const taken = new Set();
  for (;;) {
    const seen = probe();
    const missing = findMissing(seen);
    if (missing.length === 0) {
      if (taken.size > 0) say('setup: nothing is missing now\n');
      return 0;
    }

    const obstacle = missing.includes('modules') ? blocked() : undefined;
    const packages = missing.some((name) => name in NEEDS) && !obstacle;
    const decided = plan(missing, findManager(), await findPrivilege(packages), {
      platform: seen.platform,
      modules: seen.modules,
      freshLists: aptHasLists(),
      blocked: obstacle,
      setup: [process.execPath, fileURLToPath(import.meta.url)].map(quote).join(' '),
    });
    if (taken.size === 0) say(`setup: missing: ${describe(missing, seen.modules)}\n`);
    if (decided.cannot) {
      say(`${decided.cannot}\n${decided.helps}\n${decided.command ? `\n    ${decided.command}\n\n` : ''}`);
      return NEEDS_THE_USER;
    }

    const [step] = decided.steps;
    if (taken.has(step.kind)) {
      const why = step.kind === 'unbuilt' ? `: ${addonError()}` : '';
      say(`Cannot use ${step.what}: still missing after a successful "${step.does}"${why}\n`);
      return NEEDS_THE_USER;
    }
    taken.add(step.kind);

    say(`setup: ${step.does} … `);
    const start = performance.now();
    const { code, output } = await take(step);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (code !== 0) {
      say(`failed after ${seconds} s\n`);
      say(`Cannot install ${step.what}: "${step.does}" ended with ${code}. Its output:\n\n`);
      say(
        `${excerpt(output)
          .map((line) => `    ${line}`)
          .join('\n')}\n\n`,
      );
      say(`Remove the cause and try again. To see everything, run:\n\n    ${step.byHand}\n\n`);
      return NEEDS_THE_USER;
    }
    say(`${seconds} s\n`);
  }
}

/** The beginning and the end of a long output: npm gives its reason first, a compiler and a package manager last. */
function excerpt(output) {
  const lines = output.split('\n').filter((line) => !/^(npm error)?\s*$/.test(line));
  return lines.length <= 24 ? lines : [...lines.slice(0, 8), '…', ...lines.slice(-15)];
}

function quote(word) {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main();
}
