import { expect, icmpv6Checksum, message, section } from '../../harness';

const PROBE = 200;

export default section(
  'linux-d3a1be9cba86',
  'A sum of zero is sent as all ones',
  [
    {
      id: 'zero-stays-zero',
      says: 'An ICMPv6 message whose checksum comes out as 0x0000 leaves with 0x0000, not with 0xffff.',
      covers: ['3.1-20', 'rfc8200-8.1-05'],
      needs: ['raw-icmpv6', 'wire'],
      async check({ host, peer, wire }) {
        const bytes = message({ type: PROBE, body: Buffer.alloc(4) });
        bytes.writeUInt16BE(icmpv6Checksum(host.address, peer.address, bytes), 6);
        const packet = await wire.captureOne(() => host.rawIcmpv6().sendTo(bytes, peer.address));
        expect(packet).toBePacket({ checksum: 0 });
      },
    },
  ],
  {
    reference: 'Linux d3a1be9cba86',
    systems: 'Linux before 2.6.19',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=d3a1be9cba86',
    symptom: { rules: ['3.1.sends-zero-as-zero', 'linux-d3a1be9cba86'], observed: /^checksum 0xffff$/ },
  },
);
