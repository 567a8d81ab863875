import { echo, expect, message, section } from '../../harness';

export default section(
  'linux-87445f369cca',
  'Large messages of ICMPv6 datagram sockets',
  [
    {
      id: 'a-large-request-carries-its-checksum',
      says: 'An echo request of 35,000 bytes that an ICMPv6 datagram socket sends to the loopback address carries its checksum.',
      covers: ['rfc4443-2.3-01'],
      needs: ['raw-icmpv6', 'link', 'loopback-wire'],
      async check({ host, loopback }) {
        const socket = host.socket({ family: 'inet6', type: 'datagram', protocol: 58 });
        // Its port is the identifier of what it sends; with that, what a host does wrong is the same in every run.
        socket.bind({ address: '::1', port: 3542 });
        const content = Buffer.from(Array.from({ length: 34_992 }, (_, index) => index % 251));
        const request = message({ type: 128, body: echo(1, 1, content) });
        const packets = await loopback.capture(() => socket.sendTo(request, '::1'));
        const packet = packets.find(({ icmpv6 }) => icmpv6?.type === 128);
        expect(packet?.payload.length).toBe(35_000);
        if (packet !== undefined) expect(packet).toCarryItsChecksum();
      },
    },
  ],
  {
    reference: 'Linux 87445f369cca',
    systems: 'Linux before 6.1, for as long as it had ICMPv6 datagram sockets (3.11)',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=87445f369cca2965620e79f87145d3d7fa35befd',
    symptom: { rules: ['linux-87445f369cca'], observed: /^checksum 0x/ },
  },
);
