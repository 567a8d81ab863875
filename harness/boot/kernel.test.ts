import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readKernel } from './kernel';

// From offset 0x1f1 of Debian's vmlinuz-6.1.0-50-cloud-amd64, and what its pointer at 0x20e leads to.
const SETUP = '27010020790d000000ffff000055aaeb6a486472530f02000000000010c042';
const VERSION =
  '6.1.0-50-cloud-amd64 (debian-kernel@lists.debian.org) #1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-07-02)';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kernel-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function kernel(...pieces: readonly (readonly [number, Buffer])[]): string {
  const bytes = Buffer.alloc(0x8000);
  for (const [at, piece] of pieces) piece.copy(bytes, at);
  const path = join(folder, 'vmlinuz');
  writeFileSync(path, bytes);
  return path;
}

test('an x86 kernel tells its release', () => {
  const path = kernel([0x1f1, Buffer.from(SETUP, 'hex')], [0x42c0 + 0x200, Buffer.from(VERSION)]);
  expect(readKernel(path)).toEqual({ path, architecture: 'x64', release: '6.1.0-50-cloud-amd64' });
});

// The first 64 bytes of Debian's vmlinuz-6.1.0-50-arm64, and what it has at 15676384.
const ARM64 =
  '4d5a40fa63a35914000000000000000000000102000000000a0000000000000000000000000000000000000000000000000000000000000041524d6440000000';
const BANNER =
  'Linux version 6.1.0-50-arm64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0';

test('an arm64 kernel tells its release, packed or not', () => {
  const path = kernel([0, Buffer.from(ARM64, 'hex')], [0x4000, Buffer.from(BANNER)]);
  const expected = { path, architecture: 'arm64', release: '6.1.0-50-arm64' };
  expect(readKernel(path)).toEqual(expected);
  writeFileSync(path, gzipSync(readFileSync(path)));
  expect(readKernel(path)).toEqual(expected);
});

test('a packed file that is cut is refused', () => {
  const path = kernel([0, Buffer.from('1f8b08', 'hex')]);
  expect(() => readKernel(path)).toThrow(/^Cannot unpack the kernel /);
});

test('a file that is not a kernel is refused', () => {
  const path = kernel([0, Buffer.from('#!/bin/sh')]);
  expect(() => readKernel(path)).toThrow(
    `Cannot boot ${path}: it is not a kernel image for x86-64 or arm64.`,
  );
});

test('a file that cannot be read is refused', () => {
  expect(() => readKernel(join(folder, 'none'))).toThrow(/^Cannot read the kernel .*none: ENOENT/);
});
