import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const script = join(__dirname, 'setup.mjs');

/** The script is an ES module, which jest's CommonJS world cannot import: the expression is evaluated by Node itself. */
function evaluate(expression: string): unknown {
  const source = `import * as setup from ${JSON.stringify(pathToFileURL(script).href)};
    process.stdout.write(JSON.stringify(${expression}) ?? 'null');`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    encoding: 'utf8',
    // Node 20 reads these at every start, which takes longer than all the rest.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: '' },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const everything = {
  platform: 'linux',
  found: ['compiler', 'make', 'python3', 'ip', 'unshare', 'nft', 'protocols'],
  pcapLibrary: true,
  pcapHeaders: true,
  modules: 'complete',
};
const nothing = {
  ...everything,
  found: [],
  pcapLibrary: false,
  pcapHeaders: false,
  modules: 'absent',
};
const all = ['compiler', 'make', 'python3', 'libpcap', 'ip', 'unshare', 'nft', 'protocols', 'modules'];

describe('findMissing', () => {
  const findMissing = (...probes: object[]) =>
    evaluate(`${JSON.stringify(probes)}.map((probe) => setup.findMissing(probe))`);

  it('names everything on a machine that has nothing', () => {
    expect(findMissing(everything, nothing)).toEqual([[], all]);
  });

  it('asks for compilers and headers only when something must be built', () => {
    const built = { ...everything, found: ['ip', 'unshare', 'nft', 'protocols'], pcapHeaders: false };
    expect(findMissing(built, { ...built, modules: 'unbuilt' })).toEqual([
      [],
      ['compiler', 'make', 'python3', 'libpcap', 'modules'],
    ]);
  });

  it('asks for the development link of libpcap, which is opened at run time', () => {
    expect(findMissing({ ...everything, pcapLibrary: false })).toEqual([['libpcap']]);
  });

  it('asks other systems for no laboratory, and Windows for no compiler', () => {
    expect(findMissing({ ...nothing, platform: 'darwin' }, { ...nothing, platform: 'win32' })).toEqual([
      ['compiler', 'make', 'python3', 'modules'],
      ['modules'],
    ]);
  });
});

describe('plan', () => {
  const place = { platform: 'linux', modules: 'absent', freshLists: true, setup: 'node harness/setup.mjs' };
  const plan = (missing: string[], manager: string | undefined, privilege: string, where: object = place) =>
    evaluate(
      `setup.plan(${JSON.stringify(missing)}, ${JSON.stringify(manager)}, '${privilege}', ${JSON.stringify(where)})`,
    );

  const environment = 'env DEBIAN_FRONTEND=noninteractive ';
  const patience = ' -o DPkg::Lock::Timeout=120';
  const apt = 'apt-get install -y --no-install-recommends';
  it.each([
    [
      'apt',
      `${environment}${apt} g++ make python3 libpcap-dev iproute2 util-linux nftables netbase${patience}`,
    ],
    [
      'dnf',
      'dnf install -y --setopt=install_weak_deps=False gcc-c++ make python3 libpcap-devel iproute util-linux nftables setup',
    ],
    [
      'apk',
      'apk add --no-cache build-base make python3 libpcap-dev iproute2 util-linux nftables alpine-baselayout-data',
    ],
    [
      'pacman',
      'pacman -S --needed --noconfirm gcc make python libpcap iproute2 util-linux nftables iana-etc',
    ],
    [
      'zypper',
      'zypper --non-interactive install --no-recommends gcc-c++ make python3 libpcap-devel iproute2 util-linux nftables netcfg',
    ],
  ])('installs with %s as root, and then node_modules', (manager, command) => {
    expect(plan(all, manager, 'root')).toMatchObject({
      steps: [
        { kind: 'packages', command: command.split(' ') },
        { kind: 'install', npm: expect.arrayContaining(['ci']) as unknown },
      ],
    });
  });

  it('installs with sudo where sudo asks nothing, and reads the lists first where there are none', () => {
    expect(plan(['nft'], 'apt', 'sudo', { ...place, freshLists: false })).toMatchObject({
      steps: [
        {
          command: `sudo -n ${environment}${apt} nftables${patience}`.split(' '),
          refresh: `sudo -n ${environment}apt-get update`.split(' '),
          refreshFirst: true,
        },
      ],
    });
  });

  it('gives one command where sudo asks for a password', () => {
    expect(plan(['compiler', 'nft', 'modules'], 'apt', 'password')).toEqual({
      cannot: 'Cannot install a C++ compiler and nft: this user is not root, and sudo asks for a password.',
      helps: 'Run this once, then try again:',
      command: `sudo apt-get update && sudo ${apt} g++ nftables`,
    });
  });

  it('gives one command where there is no sudo', () => {
    expect(plan(['nft'], 'apk', 'none')).toMatchObject({
      cannot: 'Cannot install nft: this user is not root, and there is no sudo.',
      command: "su -c 'apk add --no-cache nftables'",
    });
  });

  it('names what to install where no package manager is known', () => {
    expect(plan(['make', 'nft'], undefined, 'root')).toEqual({
      cannot:
        'Cannot install make and nft: no package manager was found (looked for apt-get, dnf, apk, pacman and zypper).',
      helps: 'Install them by hand, then try again.',
    });
    expect(plan(['make'], undefined, 'password', { ...place, platform: 'darwin' })).toMatchObject({
      command: 'xcode-select --install',
    });
  });

  it('hands a folder that it may not write to the one who may', () => {
    const blocked = { why: 'this user may not write to node_modules', owner: 'root' };
    expect(plan(['nft', 'modules'], 'apt', 'password', { ...place, blocked })).toEqual({
      cannot: 'Cannot install node_modules: this user may not write to node_modules.',
      helps: 'Run this once, then try again:',
      command: 'sudo node harness/setup.mjs',
    });
    expect(
      plan(['modules'], 'apt', 'password', { ...place, blocked: { ...blocked, owner: 'another' } }),
    ).toMatchObject({ command: 'node harness/setup.mjs' });
  });

  it('does not mind a folder that it may not write when nothing is to be written', () => {
    const blocked = { why: 'this user may not write to node_modules', owner: 'root' };
    expect(plan(['nft'], 'apt', 'root', { ...place, blocked })).toMatchObject({
      steps: [{ kind: 'packages' }],
    });
  });

  it('builds the native packages again, and nothing else, when only they do not load', () => {
    expect(plan(['modules'], undefined, 'none', { ...place, modules: 'unbuilt' })).toMatchObject({
      steps: [{ kind: 'unbuilt', npm: expect.arrayContaining(['rebuild', 'cap', 'raw-socket']) as unknown }],
    });
  });
});

describe('judgeModules', () => {
  const lock = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'x' },
    'node_modules/a-linux': {
      version: '1.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
    },
    'node_modules/a-musl': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
    'node_modules/a-darwin': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['x64'] },
  };
  const { 'node_modules/a': a, 'node_modules/a-linux': linux } = lock;
  const installed = { 'node_modules/a': a, 'node_modules/a-linux': linux };
  const cases: {
    what: string;
    there: object | undefined;
    present?: boolean;
    error?: string;
    state: string;
  }[] = [
    { what: 'accepts what the lock file says for this system', there: installed, state: 'complete' },
    { what: 'finds an install that did not come to its end', there: undefined, state: 'absent' },
    {
      what: 'finds another version',
      there: { ...installed, 'node_modules/a': { ...a, version: '1.0.1' } },
      state: 'stale',
    },
    {
      what: 'finds other content',
      there: { ...installed, 'node_modules/a': { ...a, integrity: 'y' } },
      state: 'stale',
    },
    { what: 'finds a package too few', there: { 'node_modules/a-linux': linux }, state: 'stale' },
    { what: 'finds a package too many', there: { ...installed, 'node_modules/b': a }, state: 'stale' },
    { what: 'finds packages for another system', there: { 'node_modules/a': a }, state: 'stale' },
    {
      what: 'finds a package that is listed but not there',
      there: installed,
      present: false,
      state: 'stale',
    },
    {
      what: 'finds native packages that were built for another Node',
      there: installed,
      error: 'compiled against a different Node.js version',
      state: 'unbuilt',
    },
  ];
  let states: unknown;

  beforeAll(() => {
    const system = { platform: 'linux', arch: 'x64', libc: 'glibc' };
    states = evaluate(
      `${JSON.stringify(cases)}.map(({ there, present, error }) => setup.judgeModules(
        ${JSON.stringify(lock)}, there, ${JSON.stringify(system)}, () => present ?? true, () => error))`,
    );
  });

  it.each(cases.map(({ what, state }, index) => ({ what, state, index })))('$what', ({ state, index }) => {
    expect(states).toHaveProperty([index], state);
  });
});

describe('nodeTooOld', () => {
  it('compares with what package.json asks for', () => {
    expect(
      evaluate(`['18.19.1', '20.8.9', '20.9.0', '24.0.0'].map((v) => setup.nodeTooOld(v, '>=20.9') ?? null)`),
    ).toEqual([
      'Cannot run on Node 18.19.1: rfc3542 needs Node 20.9 or later.',
      'Cannot run on Node 20.8.9: rfc3542 needs Node 20.9 or later.',
      null,
      null,
    ]);
  });
});

// A machine of its own in a folder: its tools are scripts that write down how they were called. Elsewhere than on Linux the
// script installs no tools, and has no use for a shell.
(process.platform === 'linux' ? describe : describe.skip)('the script', () => {
  let machine: string;

  const at = (...path: string[]) => join(machine, ...path);
  const log = () => readFileSync(at('log'), 'utf8').trimEnd().split('\n');

  function tool(name: string, source = '') {
    const body = at(`${name}.cjs`);
    writeFileSync(
      body,
      `const { appendFileSync, copyFileSync, mkdirSync, writeFileSync } = require('node:fs');
       const { spawnSync } = require('node:child_process');
       const { join } = require('node:path');
       const machine = ${JSON.stringify(machine)};
       const args = process.argv.slice(2);
       appendFileSync(join(machine, 'log'), ['${name}', ...args].join(' ') + '\\n');
       ${source}`,
    );
    writeFileSync(at('bin', name), `#!/bin/sh\nexec '${process.execPath}' '${body}' "$@"\n`);
    chmodSync(at('bin', name), 0o755);
  }

  /** A package manager that can be used as root and, with the sudo beside it, as anybody else. */
  function packageManager() {
    tool(
      'apt-get',
      `for (const name of args) if (name === 'make') for (const each of ['g++', 'make', 'python3']) {
      copyFileSync(join(machine, 'bin', 'unshare'), join(machine, 'bin', each)); }`,
    );
    tool(
      'env',
      `const [program, ...rest] = args.filter((word) => !word.includes('DEBIAN_FRONTEND'));
      process.exitCode = spawnSync(program, rest, { stdio: 'inherit' }).status;`,
    );
    tool(
      'sudo',
      `if (args[1] !== 'true') process.exitCode = spawnSync(args[1], args.slice(2), { stdio: 'inherit' }).status;`,
    );
  }

  /** An npm that installs what the lock file says, with the native packages that this very test runs with. */
  function npm(extra = '') {
    const built = (name: string, file: string) =>
      `mkdirSync(join(machine, 'clone/node_modules/${name}/build/Release'), { recursive: true });
       copyFileSync(${JSON.stringify(join(dirname(require.resolve(`${name}/package.json`)), 'build/Release', file))},
         join(machine, 'clone/node_modules/${name}/build/Release/${file}'));`;
    tool(
      'npm',
      `${extra};${built('cap', 'cap.node')}${built('raw-socket', 'raw.node')}
      copyFileSync(join(machine, 'clone/package-lock.json'), join(machine, 'clone/node_modules/.package-lock.json'));`,
    );
  }

  function setup() {
    const { status, stdout, stderr } = spawnSync(process.execPath, [at('clone/harness/setup.mjs')], {
      encoding: 'utf8',
      env: { PATH: at('bin') },
    });
    return { status, stdout, stderr };
  }

  beforeEach(() => {
    machine = mkdtempSync(join(tmpdir(), 'rfc3542-setup-'));
    mkdirSync(at('clone/harness'), { recursive: true });
    mkdirSync(at('bin'));
    writeFileSync(at('log'), '');
    copyFileSync(script, at('clone/harness/setup.mjs'));
    writeFileSync(at('clone/package.json'), JSON.stringify({ engines: { node: '>=20.9' } }));
    const packages = {
      'node_modules/cap': { version: '1.0.0' },
      'node_modules/raw-socket': { version: '1.0.0' },
    };
    writeFileSync(at('clone/package-lock.json'), JSON.stringify({ packages }));
    for (const name of ['ip', 'nft', 'unshare']) tool(name);
  });

  afterEach(() => {
    rmSync(machine, { recursive: true });
  });

  it('installs what is missing, and then has nothing to say', () => {
    packageManager();
    npm();

    const first = setup();

    expect(first).toMatchObject({ status: 0, stdout: '' });
    expect(first.stderr).toMatch(
      /^setup: missing: a C\+\+ compiler, make and python3 \(to build the native packages\),.* node_modules\n/,
    );
    expect(first.stderr).toMatch(/setup: npm ci … [\d.]+ s\nsetup: nothing is missing now\n$/);
    expect(log()).toContainEqual(expect.stringMatching(/^apt-get .*install .*g\+\+ make python3/));

    writeFileSync(at('log'), '');
    expect(setup()).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(log()).toEqual(['']);
  });

  it('ends with 2 and a sentence where it cannot install', () => {
    expect(setup()).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /\nCannot install a C\+\+ compiler, make.*: no package manager was found .*\.\nInstall them by hand, then try again\.\n$/,
      ) as unknown,
    });
    expect(log()).toEqual(['']);
  });

  it('shows what is said by a package manager that fails', () => {
    packageManager();
    tool('apt-get', `console.error('E: no such luck'); process.exitCode = 100;`);

    const { status, stderr } = setup();

    expect(status).toBe(2);
    expect(stderr).toMatch(
      /\nCannot install .*: "apt-get install .*" ended with 100\. Its output:\n\n {4}E: no such luck\n/,
    );
    expect(existsSync(at('clone/node_modules'))).toBe(false);
  });

  it('reads the lists of packages again when an install fails, and installs once more', () => {
    packageManager();
    npm();
    tool(
      'apt-get',
      `if (args[0] === 'update') writeFileSync(join(machine, 'updated'), '');
      else if (!require('node:fs').existsSync(join(machine, 'updated'))) process.exitCode = 100;
      else for (const each of ['g++', 'make', 'python3']) copyFileSync(join(machine, 'bin/unshare'), join(machine, 'bin', each));`,
    );

    expect(setup().status).toBe(0);
    expect(log()).toContain('apt-get update');
  });

  it('shows what is said by an npm that fails', () => {
    packageManager();
    npm(`console.error('npm error no such luck'); process.exit(7)`);

    const { status, stderr } = setup();

    expect(status).toBe(2);
    expect(stderr).toMatch(
      /\nCannot install node_modules: "npm ci" ended with 7\. Its output:\n\n {4}npm error no such luck\n/,
    );
  });

  it('installs again after an install that did not come to its end', () => {
    packageManager();
    npm();
    setup();
    rmSync(at('clone/node_modules/.package-lock.json'));
    writeFileSync(at('log'), '');

    expect(setup().status).toBe(0);
    expect(log()).toEqual([expect.stringMatching(/^npm ci /)]);
  });

  it('builds native packages again that this Node cannot load', () => {
    packageManager();
    npm();
    setup();
    writeFileSync(at('clone/node_modules/cap/build/Release/cap.node'), 'built for another Node');
    writeFileSync(at('log'), '');

    expect(setup().status).toBe(0);
    expect(log()).toEqual([expect.stringMatching(/^npm rebuild cap raw-socket /)]);
  });

  it('says so when native packages do not load even after that', () => {
    packageManager();
    npm();
    setup();
    npm('process.exit(0)');
    rmSync(at('clone/node_modules/raw-socket/build'), { recursive: true });

    const { status, stderr } = setup();

    expect(status).toBe(2);
    expect(stderr).toMatch(/\nCannot use the native packages cap and raw-socket for this Node: .*raw\.node/);
  });
});
