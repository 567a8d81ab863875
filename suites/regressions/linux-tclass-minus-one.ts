import { ancillary, expect, message, section } from '../../harness';

const PROBE = 200;

export default section(
  'linux-tclass-minus-one',
  'Traffic class -1 leaves as 255',
  [
    {
      id: 'minus-one-is-the-default',
      says: 'Ancillary IPV6_TCLASS of -1 asks for the default: the message leaves with the traffic class of one without it.',
      covers: ['6.5-10'],
      needs: ['raw-icmpv6', 'wire'],
      async check({ host, peer, wire }) {
        const socket = host.rawIcmpv6();
        const bytes = message({ type: PROBE });
        const plain = await wire.captureOne(() => socket.sendTo(bytes, peer.address));
        const packet = await wire.captureOne(() =>
          socket.sendMessage(bytes, peer.address, { ancillary: [ancillary.trafficClass(-1)] }),
        );
        expect(packet).toBePacket({ trafficClass: plain.ipv6.trafficClass });
      },
    },
  ],
  {
    reference: 'Linux 096208592b09',
    systems: 'Linux since 6.15, and since 6.12.35 among the stable releases',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=096208592b09c2f5fc0c1a174694efa41c04209d',
    symptom: {
      rules: ['6.5.ancillary-minus-1-*', 'linux-tclass-minus-one'],
      observed: /^traffic class 255$/,
    },
  },
);
