import { checksum, expect, parseAddress, section, type Laboratory, type Packet } from '../../harness';

const UDP = 17;
const OSPF = 89;

/** Both the checksum that IPV6_CHECKSUM asks for and the bytes around it. */
function expectFilled(lab: Laboratory, packet: Packet, sent: Buffer, offset: number): void {
  const payload = Buffer.from(sent);
  payload.writeUInt16BE(0, offset);
  const [source, destination] = [parseAddress(packet.ipv6.source), parseAddress(lab.peer.address)];
  payload.writeUInt16BE(checksum(source, destination, packet.protocol, payload), offset);
  expect(packet).toBePacket({ payload });
}

export default section(
  'linux-e87a468eb97d',
  'Checksums of raw messages that the kernel also sends itself',
  [
    {
      id: 'pieces-that-cross-fragments',
      says: 'A checksum that IPV6_CHECKSUM asks for is right when the pieces of a message end elsewhere than its fragments.',
      covers: ['3.1-08'],
      needs: ['raw-icmpv6', 'link'],
      async check(lab) {
        const socket = lab.host.raw(OSPF);
        socket.setInt('checksum', 12);
        const sent = lab.random.bytes(5001);
        const parts = [sent.subarray(0, 13), sent.subarray(13, 1461), sent.subarray(1461)];
        const packet = await lab.wire.captureOne(() => socket.sendMessage(parts, lab.peer.address));
        expectFilled(lab, packet, sent, 12);
      },
    },
    {
      id: 'raw-udp-carries-its-checksum',
      says: 'A raw socket of UDP, whose checksums a network device may be asked to fill in, gets the one that IPV6_CHECKSUM asks for, in one packet and in fragments.',
      covers: ['3.1-08'],
      needs: ['raw-icmpv6', 'link'],
      async check(lab) {
        const socket = lab.host.raw(UDP);
        socket.setInt('checksum', 6);
        for (const length of [8, 61, 1400, 4001]) {
          const sent = lab.random.bytes(length);
          const packet = await lab.wire.captureOne(() => socket.sendTo(sent, lab.peer.address));
          expectFilled(lab, packet, sent, 6);
        }
      },
    },
  ],
  {
    reference: 'Linux e87a468eb97d',
    // It crashed. No kernel that had it runs this suite, so its rules need no leave.
    systems: 'Linux before 4.0',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=e87a468eb97d',
    symptom: { rules: ['linux-e87a468eb97d'], observed: /^payload / },
  },
);
