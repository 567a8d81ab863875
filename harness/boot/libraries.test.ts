import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readBy } from '../../reports/formats/golden/consumer';
import { librariesOf } from './libraries';
import { hostSysroot, programIn } from './sysroot';

const NODE = { name: process.execPath, path: realpathSync(process.execPath) };
const CAP = join(__dirname, '../../node_modules/cap/build/Release/cap.node');

readBy('ldd', 'libc-bin', 'names for programs of this host what is found for them', (ldd) => {
  const ip = programIn(hostSysroot(''), 'ip');
  for (const program of [NODE, ip, { name: CAP, path: CAP }]) {
    const { output } = ldd([program.path]);
    const named = [...output.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => realpathSync(path));
    const found = librariesOf([program], '/').filter(({ name }) => basename(name) !== 'libpcap.so');
    expect(new Set(found.map(({ path }) => path))).toEqual(new Set(named));
  }
});

describe('below a root', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'libraries-'));
    mkdirSync(join(root, 'bin'));
    copyFileSync(NODE.path, join(root, 'bin/node'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });
  const node = () => ({ name: '/bin/node', path: join(root, 'bin/node') });

  test('a library that only the host has is missing', () => {
    expect(() => librariesOf([node()], root)).toThrow(
      new RegExp(`^Cannot make an image: ${root}/bin/node needs \\S+, which is not among the libraries in`),
    );
  });

  test('a link that begins at the root is followed from there', () => {
    mkdirSync(join(root, 'elsewhere'));
    for (const { name, path } of librariesOf([NODE], '/'))
      copyFileSync(path, join(root, 'elsewhere', basename(name)));
    for (const link of ['lib', 'lib64']) symlinkSync('/elsewhere', join(root, link));
    const found = librariesOf([node()], root);
    expect(found.length).toBeGreaterThan(0);
    for (const { name, path } of found) {
      expect(name).toBe(join('/elsewhere', basename(path)));
      expect(path).toBe(join(root, name));
    }
  });
});
