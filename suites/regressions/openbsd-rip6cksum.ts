import { checksum, encodePacket, expect, parseAddress, section } from '../../harness';

const PROBE = 200;
const OSPF = 89;

export default section(
  'openbsd-rip6cksum',
  'Packets too short for the checksum',
  [
    {
      id: 'short-packets-are-discarded',
      says: 'A received packet that ends before or within the checksum that IPV6_CHECKSUM names is discarded.',
      covers: ['3.1-09'],
      needs: ['raw-icmpv6', 'link', 'peer'],
      check({ host, peer }) {
        const [source, destination] = [peer.address, host.address];
        const send = (payload: Buffer): void => {
          peer.inject(encodePacket({ source, destination, protocol: OSPF, payload }));
        };
        const socket = host.raw(OSPF);
        socket.setInt('checksum', 2);
        for (const length of [0, 1, 2, 3]) send(Buffer.alloc(length));
        const whole = Buffer.of(PROBE, 1, 0, 0);
        whole.writeUInt16BE(checksum(parseAddress(source), parseAddress(destination), OSPF, whole), 2);
        send(whole);
        expect(socket.settled().map(({ data }) => data.length)).toEqual([4]);
      },
    },
  ],
  {
    reference: 'OpenBSD 6.5 errata 001_rip6cksum',
    systems: 'OpenBSD 6.5 before May 2019',
    link: 'https://www.openbsd.org/errata65.html',
    symptom: { rules: ['openbsd-rip6cksum'], observed: /^\[ \d/ },
  },
);
