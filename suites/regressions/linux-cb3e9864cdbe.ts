import { ancillary, encodeDestinationOptions, expect, outcomeOf, section } from '../../harness';

const OSPF = 89;

export default section(
  'linux-cb3e9864cdbe',
  'A checksum offset behind the payload',
  [
    {
      id: 'options-do-not-count-as-payload',
      says: 'An IPV6_CHECKSUM offset that only the length of the extension headers makes room for changes nothing: what leaves, if anything does, is what the program wrote.',
      covers: ['3.1-08', '3.1-19'],
      needs: ['raw-icmpv6', 'wire'],
      onlyWith: 'allow-crash',
      async check({ host, peer, wire, random }) {
        const socket = host.raw(OSPF);
        socket.setSticky(ancillary.destinationOptions(encodeDestinationOptions({ options: [] })));
        const payload = random.bytes(12);
        for (const offset of [12, 14, 16, 18]) {
          socket.setInt('checksum', offset);
          const packets = await wire.capture(() => outcomeOf(() => socket.sendTo(payload, peer.address)));
          for (const packet of packets) expect(packet).toBePacket({ payload });
        }
      },
    },
  ],
  {
    reference: 'CVE-2023-0394, Linux cb3e9864cdbe',
    systems: 'Linux before 6.2, and before 6.1.7 among the stable releases: the kernel crashes',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=cb3e9864cdbe35ff6378966660edbcbac955fe17',
    symptom: { rules: ['linux-cb3e9864cdbe'], observed: /^payload / },
  },
);
