import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCompiler, hostSysroot, openSysroot, programIn } from './sysroot';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sysroot-'));
  for (const folder of ['usr/bin', 'sbin']) mkdirSync(join(root, folder), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test('a folder without Node is none', () => {
  expect(() => openSysroot(root)).toThrow(
    `Cannot use the sysroot ${root}: there is no usr/bin/node in it. "rfc3542 sysroot FOLDER" makes one.`,
  );
  writeFileSync(join(root, 'usr/bin/node'), '#!/bin/sh\n');
  expect(() => openSysroot(root)).toThrow(/its usr\/bin\/node is not a program for x64 or arm64/);
});

test('it is of the architecture of its Node', () => {
  copyFileSync(process.execPath, join(root, 'usr/bin/node'));
  expect(openSysroot(root)).toMatchObject({ folder: root, architecture: process.arch });
});

test('a program is its own, whatever the host has', () => {
  copyFileSync(process.execPath, join(root, 'usr/bin/node'));
  const sysroot = openSysroot(root);
  // Debian's iproute2 links it so.
  symlinkSync('/bin/ip', join(root, 'sbin/ip'));
  const missing = `Cannot make an image: there is no ip in ${root}.`;
  expect(() => programIn(sysroot, 'ip')).toThrow(missing);
  symlinkSync('usr/bin', join(root, 'bin'));
  writeFileSync(join(root, 'usr/bin/ip'), '');
  expect(programIn(sysroot, 'ip')).toEqual({ name: '/usr/bin/ip', path: join(root, 'usr/bin/ip') });
  expect(programIn({ ...sysroot, path: ['/sbin'] }, 'ip')).toEqual({
    name: '/sbin/ip',
    path: join(root, 'usr/bin/ip'),
  });
});

test('a folder that tells nothing has no programs', () => {
  writeFileSync(join(root, 'usr/bin/ip'), '');
  mkdirSync(join(root, 'closed/bin'), { recursive: true });
  chmodSync(join(root, 'closed'), 0);
  const path = ['/closed/bin', '/usr/bin'];
  expect(programIn({ ...hostSysroot(''), folder: root, path }, 'ip').name).toBe('/usr/bin/ip');
  chmodSync(join(root, 'closed'), 0o755);
});

test('links in a circle lead nowhere', () => {
  symlinkSync('ip', join(root, 'sbin/ip'));
  expect(() => programIn({ ...hostSysroot(''), folder: root, path: ['/sbin'] }, 'ip')).toThrow(/no ip in/);
});

test('a cross compiler that is missing is named, with its package', () => {
  expect(() => {
    checkCompiler({ compiler: ['riscv64-linux-gnu-none'] });
  }).toThrow(
    'Cannot compile for a guest: riscv64-linux-gnu-none is not installed (Debian: none-riscv64-linux-gnu).',
  );
});
