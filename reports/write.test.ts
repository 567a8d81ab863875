import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { UnwritableFile, writeAtomically } from './write';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('writes text, and bytes piece by piece, makes missing folders, and leaves nothing else behind', () => {
  writeAtomically(join(folder, 'deep', 'a.json'), 'ä\n');
  const written = writeAtomically(join(folder, 'deep', 'b.bin'), (write) => {
    write(Uint8Array.of(0));
    write(Uint8Array.of(255));
    return 2;
  });
  expect(written).toBe(2);
  expect(readFileSync(join(folder, 'deep', 'a.json'), 'utf8')).toBe('ä\n');
  expect([...readFileSync(join(folder, 'deep', 'b.bin'))]).toEqual([0, 255]);
  expect(readdirSync(join(folder, 'deep')).sort()).toEqual(['a.json', 'b.bin']);
});

test('replaces an older file, and a partial one that a killed process left', () => {
  const path = join(folder, 'report.json');
  writeFileSync(path, 'old');
  writeFileSync(join(folder, '.report.json.partial'), 'half of a much longer tex');
  writeAtomically(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['report.json']);
});

test('a write that fails leaves the good file as it was and no partial file', () => {
  const path = join(folder, 'report.json');
  mkdirSync(path);
  writeFileSync(join(path, 'inside'), 'keeps the folder from being replaced');
  expect(() => {
    writeAtomically(path, 'new');
  }).toThrow(new UnwritableFile(path, new Error('EISDIR: illegal operation on a directory')));
  expect(readdirSync(folder)).toEqual(['report.json']);
  expect(readdirSync(path)).toEqual(['inside']);
});

test('a fault of the caller is not taken for one of the disk', () => {
  const path = join(folder, 'report.json');
  expect(() => {
    writeAtomically(path, () => {
      throw new RangeError('There is no such rule');
    });
  }).toThrow(RangeError);
  expect(readdirSync(folder)).toEqual([]);
});

const onDevices = existsSync('/dev/full') ? describe : describe.skip;

onDevices('where there are devices', () => {
  const link = (to: string): string => {
    const path = join(folder, 'link');
    symlinkSync(to, path);
    return path;
  };

  test('a link stays, and the file behind it is replaced', () => {
    const behind = join(folder, 'behind');
    writeFileSync(behind, 'old');
    writeAtomically(link(behind), 'new');
    expect(readFileSync(behind, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['behind', 'link']);
  });

  test('a device is written to, and no file takes its place', () => {
    const path = link('/dev/null');
    writeAtomically(path, 'new');
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('a full disk is told in one sentence', () => {
    expect(() => {
      writeAtomically(link('/dev/full'), 'new');
    }).toThrow(
      expect.objectContaining({
        full: true,
        message: expect.stringMatching(/^Cannot write .*: the disk is full\.$/) as string,
      }) as Error,
    );
  });

  test('below /proc nothing can be made, and the attempt ends', () => {
    expect(() => {
      writeAtomically('/proc/nowhere/report.json', 'new');
    }).toThrow('Cannot write /proc/nowhere/report.json: ENOENT');
  });
});
