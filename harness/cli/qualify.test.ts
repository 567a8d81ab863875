import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMAND = join(__dirname, '../rfc3542.mjs');

let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rfc3542-qualify-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function qualify(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [COMMAND, 'qualify', ...args, '--output', at('out')],
    { encoding: 'utf8', env: { ...process.env, ...environment } },
  );
  return { status, text: `${stdout}${stderr}` };
}

/** The first bytes of a bzImage, as Documentation/arch/x86/boot.rst has them, with the release where they say. */
function bzImage(release: string): string {
  const bytes = Buffer.alloc(0x8000);
  bytes.write('HdrS', 0x202, 'latin1');
  bytes.writeUInt16LE(0x3000 - 0x200, 0x20e);
  bytes.write(`${release} (builder) #1\0`, 0x3000, 'latin1');
  writeFileSync(at('bzImage'), bytes);
  return at('bzImage');
}

/** The first bytes of an Image, as Documentation/arch/arm64/booting.rst has them. */
function arm64Image(): string {
  const bytes = Buffer.alloc(0x8000);
  bytes.write('ARM\x64', 56, 'latin1');
  writeFileSync(at('Image'), bytes);
  return at('Image');
}

const foreign = process.arch === 'arm64' ? () => bzImage('6.1.0') : arm64Image;

const foreignPackage = process.arch === 'arm64' ? 'linux-image-amd64' : 'linux-image-arm64';

test.each([
  ['nothing to boot', () => [], 2, /^There is nothing to boot\. Name a kernel with --kernel PATH/],
  ['a selector that matches nothing', () => ['9.9', '--kernel', 'x'], 2, /^No rule matches "9\.9"/],
  [
    'an unknown defect',
    () => ['--kernel', 'x', '--defect', 'checksum-zero'],
    2,
    /Did you mean checksum-zeroed\?/,
  ],
  ['no such file', () => ['--kernel', at('none')], 3, /Cannot read the kernel \S+none: ENOENT/],
  ['no kernel', () => ['--kernel', COMMAND], 3, /Cannot boot \S+: it is not a kernel image/],
  [
    'another architecture',
    () => ['--kernel', foreign()],
    3,
    /for (arm64|x64), and this Node .*"rfc3542 sysroot FOLDER/,
  ],
  [
    'a package of another',
    () => ['--deb', foreignPackage],
    3,
    /it is a kernel for (arm64|x64), and this Node/,
  ],
  [
    'an empty sysroot',
    () => ['--sysroot', folder, '--deb', 'x'],
    3,
    /^Cannot use the sysroot .* no usr\/bin\/node/,
  ],
  ['no package', () => ['--deb', at('none.deb')], 3, /Cannot /],
])('%s: a sentence, and an exit code of its own', (_, args, code, sentence) => {
  const { status, text } = qualify(args());
  expect(text).toMatch(sentence);
  expect(status).toBe(code);
});

test('a sysroot is made in no folder that holds something, and not without its compiler', () => {
  const sysroot = (environment: NodeJS.ProcessEnv): string =>
    spawnSync(process.execPath, [COMMAND, 'sysroot', folder], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    }).stderr;
  writeFileSync(at('something'), '');
  mkdirSync(at('bin'));
  expect(sysroot({ PATH: at('bin') })).toBe(
    'Cannot compile for a guest: aarch64-linux-gnu-g++ is not installed (Debian: g++-aarch64-linux-gnu).\n',
  );
  symlinkSync(process.execPath, at('bin/aarch64-linux-gnu-g++'));
  expect(sysroot({ PATH: at('bin') })).toBe(
    `Cannot make a sysroot in ${folder}: there is something in it already.\n`,
  );
});

test('without QEMU it says which package has it', () => {
  mkdirSync(at('bin'));
  const { status, text } = qualify(['--kernel', bzImage('6.1.0')], { PATH: at('bin') });
  expect(text).toMatch(/qemu-system-x86_64 is not installed \(Debian: qemu-system-x86\)/);
  expect(status).toBe(3);
});
