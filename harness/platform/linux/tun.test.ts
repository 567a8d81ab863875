import { closeSync } from 'node:fs';
import { noEvidence } from '../../lab/evidence';
import type { Laboratory } from '../../lab/laboratory';
import { openLaboratory } from '../../lab/open';
import { openTunGround } from './tun';
import { openCloneDevice } from './tun-device';
import { mayOpenRawSockets } from './user-namespace';

const possible = ((): boolean => {
  try {
    closeSync(openCloneDevice());
    return mayOpenRawSockets();
  } catch {
    return false;
  }
})();
const withTun = possible ? test : test.skip;

async function inTun(use: (lab: Laboratory) => Promise<void>): Promise<void> {
  const laboratory = await openLaboratory(openTunGround(), { seed: 1, evidence: noEvidence });
  try {
    await laboratory.visit('tun', {}, use);
  } finally {
    laboratory.close();
  }
}

withTun('the kernel answers what is written, byte for byte as it does on an Ethernet', async () => {
  await inTun(async ({ host, peer, wire }) => {
    // The request, but for the addresses, that ping(8) sent between two hosts of Linux; tcpdump showed this reply to it.
    const body = Buffer.from('00770000' + '6f6464', 'hex');
    const [reply] = await wire.capture(() => {
      peer.send({ type: 128, body }, host.address);
    });
    expect(reply?.ethernet).toBeUndefined();
    expect(reply?.ipv6).toMatchObject({ source: host.address, destination: peer.address, hopLimit: 64 });
    // Python's sum (RFC 1071) over fd00:3542::1, fd00:3542::2, 11, 58, and 8100 0000 0077 0000 6f64 6400.
    expect(reply?.icmpv6).toEqual({ type: 129, code: 0, checksum: 0x4655, body });
  });
});

withTun('a packet that found the queue full breaks the capture', async () => {
  await inTun(async ({ host, peer, wire }) => {
    const socket = host.rawIcmpv6();
    const message = Buffer.of(200, 0, 0, 0, 0, 0, 0, 0);
    const tooMany = wire.capture(() => {
      for (let sent = 0; sent < 16_384 + 10; sent += 1) socket.sendTo(message, peer.address);
    });
    await expect(tooMany).rejects.toThrow(/Cannot judge what crossed host: the capture lost 1[0-9] frames/);
    // What was lost is said once, and the next capture is whole.
    await expect(wire.captureOne(() => socket.sendTo(message, peer.address))).resolves.toMatchObject({
      icmpv6: { type: 200 },
    });
  });
});

withTun('what cannot be written is a fault of the laboratory', async () => {
  await inTun(({ peer }) => {
    expect(() => {
      peer.inject(Buffer.alloc(0));
    }).toThrow('Cannot write to host: EINVAL');
    return Promise.resolve();
  });
});
