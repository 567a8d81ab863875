import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBy } from '../../reports/formats/golden/consumer';
import { readElf } from './elf';

let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'elf-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What readelf(1) prints between brackets on lines that hold `what`. */
function bracketed(output: string, what: string): string[] {
  return output
    .split('\n')
    .flatMap((line) => (line.includes(what) ? (/\[(.*)\]/.exec(line)?.[1] ?? []) : []));
}

readBy('readelf', 'binutils', 'says of Node what is read from it', (readelf) => {
  const { output } = readelf(['--wide', '--dynamic', process.execPath], {});
  const elf = readElf(process.execPath);
  expect(elf?.architecture).toBe(process.arch);
  expect(elf?.needed).toEqual(bracketed(output, '(NEEDED)'));
  expect(elf?.runpath).toEqual(bracketed(output, '(RUNPATH)'));
  const [, interpreter] =
    /interpreter: (.*)\]/.exec(readelf(['--wide', '--segments', process.execPath]).output) ?? [];
  expect(elf?.interpreter).toBe(interpreter);
});

readBy('aarch64-linux-gnu-gcc', 'gcc-aarch64-linux-gnu', 'makes a program that is read', (compile) => {
  writeFileSync(at('main.c'), '#include <math.h>\nint main(int n, char **v) { return (int) cos(n); }\n');
  const args = [at('main.c'), '-o', at('main'), '-Wl,-rpath,$ORIGIN/../lib:/opt/lib', '-lm'];
  expect(compile(args)).toEqual({ status: 0, output: '' });
  expect(readElf(at('main'))).toEqual({
    architecture: 'arm64',
    interpreter: '/lib/ld-linux-aarch64.so.1',
    needed: ['libm.so.6', 'libc.so.6'],
    runpath: ['$ORIGIN/../lib', '/opt/lib'],
  });
});

test('what is not an ELF file of 64 bits is none', () => {
  writeFileSync(at('script'), '#!/bin/sh\n');
  writeFileSync(at('short'), '\x7fELF\x01\x01');
  expect(readElf(at('script'))).toBeUndefined();
  expect(readElf(at('short'))).toBeUndefined();
});
