import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { testOnLinux as test } from '../only-on';

const ROOT = join(__dirname, '../../..');

/** A program that sends itself many messages, with every way to send and to receive that hands addresses to the kernel. */
const PROGRAM = `
  const { systemCalls } = require('./harness/platform/linux/system-calls.ts');
  const socket = systemCalls.socket({ family: 'inet6', type: 'datagram', protocol: 0 });
  systemCalls.bind(socket, { address: '::1' });
  const to = systemCalls.localAddress(socket);
  for (let round = 0; round < 20_000; round += 1) {
    const parts = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    if (round % 2 === 0) systemCalls.sendMessage(socket, { to, parts });
    else systemCalls.sendMessages(socket, [{ to, parts }]);
    const message = systemCalls.receiveMessage(socket, { data: 128, control: 64 }, []);
    if (!message?.data.equals(Buffer.concat(parts)) || message.from?.port !== to.port) process.exit(1);
  }
  process.stdout.write('done');
`;

test('what the kernel is given the address of is not collected before the call is over', () => {
  const { stdout, signal, status } = spawnSync(
    process.execPath,
    // Collects so often that it happens between the two in some rounds, once the functions are optimized.
    ['--gc-interval=500', '--require', 'ts-node/register/transpile-only', '--eval', PROGRAM],
    { cwd: ROOT, encoding: 'utf8' },
  );
  expect({ stdout, signal, status }).toEqual({ stdout: 'done', signal: null, status: 0 });
});
