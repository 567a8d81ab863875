import { expect, ICMPV6, message, section } from '../../harness';

const ALL_NODES = 'ff02::1';
const ALL_ROUTERS = 'ff02::2';

export default section(
  'maghemite-802',
  'A checksum over another group than the packet goes to',
  [
    {
      id: 'the-group-on-the-wire-is-summed',
      says: 'Messages to different groups on one socket each carry the checksum over the group that they go to.',
      covers: ['3.1-03'],
      needs: ['raw-icmpv6', 'link'],
      async check({ host, wire }) {
        const socket = host.rawIcmpv6();
        for (const [type, address] of [
          [ICMPV6.routerAdvertisement, ALL_NODES],
          [ICMPV6.routerSolicitation, ALL_ROUTERS],
        ] as const) {
          const to = { address, scope: host.interface.index };
          const packet = await wire.captureOne(() => socket.sendTo(message({ type }), to));
          expect(packet).toBePacket({ destination: address });
          expect(packet).toCarryItsChecksum();
        }
      },
    },
  ],
  {
    reference: 'oxidecomputer/maghemite#802',
    systems: 'a router daemon of 2026 that summed for itself',
    link: 'https://github.com/oxidecomputer/maghemite/issues/802',
    symptom: { rules: ['maghemite-802'], observed: /^checksum 0x/ },
  },
);
