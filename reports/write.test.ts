import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeAtomically } from './write';

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
  }).toThrow();
  expect(readdirSync(folder)).toEqual(['report.json']);
  expect(readdirSync(path)).toEqual(['inside']);
});
