#!/usr/bin/node --single-threaded
// The first program of a booted kernel: makes the machine usable, runs the command, hands back what it wrote, and ends the machine.
'use strict';
const { createHash } = require('node:crypto');
const { mkdirSync, openSync, readdirSync, readFileSync, readSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { createRequire } = require('node:module');
const { spawnSync } = require('node:child_process');
const { openPack } = require('/boot/pack.cjs');

const { root, args, modules, environment, calls } = JSON.parse(readFileSync('/boot/plan.json', 'utf8'));
const OUTPUT = '/out';
const CHANNEL = 'rfc3542';
const EEXIST = 17;
const RB_AUTOBOOT = 0x01234567;

const koffi = createRequire(join(root, 'package.json'))('koffi');
const libc = koffi.load(null);
const mount = libc.func('int mount(const char *, const char *, const char *, unsigned long, void *)');
const syscall = libc.func('long syscall(long, int, const char *, int)');
const reboot = libc.func('int reboot(int)');

/** A frame: one line of JSON, and as many bytes as it says. */
function send(channel, head, bytes = Buffer.alloc(0)) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  write(channel, Buffer.from(`${JSON.stringify({ ...head, length: bytes.length, sha256 })}\n`));
  write(channel, bytes);
}

function write(channel, bytes) {
  for (let at = 0; at < bytes.length;)
    at += writeSync(channel, bytes, at, Math.min(bytes.length - at, 1 << 16));
}

/** The port of virtio-serial that has our name, or else the second serial port, which every kernel for PCs drives. */
function openChannel() {
  const ports = '/sys/class/virtio-ports';
  for (const port of list(ports)) {
    if (readFileSync(join(ports, port, 'name'), 'utf8').trim() === CHANNEL)
      return openSync(join('/dev', port), 'r+');
  }
  spawnSync('stty', ['-F', '/dev/ttyS1', 'raw', '-echo', '115200']);
  return openSync('/dev/ttyS1', 'r+');
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function main() {
  for (const [type, where] of [
    ['proc', '/proc'],
    ['sysfs', '/sys'],
    ['devtmpfs', '/dev'],
    ['tmpfs', '/tmp'],
  ]) {
    mkdirSync(where, { recursive: true });
    if (mount(type, where, type, 0, null) !== 0) console.log(`Cannot mount ${where}: errno ${koffi.errno()}`);
  }
  for (const name of modules) {
    const result = syscall(calls.finitModule, openSync(`/modules/${name}.ko`, 'r'), '', 0);
    if (result !== 0 && koffi.errno() !== EEXIST)
      console.log(`Cannot load the module ${name}: errno ${koffi.errno()}`);
  }
  const channel = openChannel();
  send(channel, { kind: 'booted' });
  Object.assign(process.env, environment);
  process.chdir(root);
  let printed = '';
  const { command } = openPack('/boot', root).load('harness/cli/main.ts');
  const exitCode = await command([...args, '--output', OUTPUT], {
    out: (text) => {
      printed += text;
    },
    err: (text) => {
      printed += text;
      console.log(text);
    },
  });
  for (const name of list(OUTPUT)) send(channel, { kind: 'file', name }, readFileSync(join(OUTPUT, name)));
  send(channel, { kind: 'ended', exitCode }, Buffer.from(printed));
  // What was written may still be on its way when the machine ends: the host answers once it has all.
  readSync(channel, Buffer.alloc(1));
}

main()
  .catch((error) => {
    console.log(error);
  })
  .finally(() => {
    // QEMU ends where a machine would start again.
    reboot(RB_AUTOBOOT);
  });
