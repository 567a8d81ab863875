import { checksum, encodePacket, expect, message, parseAddress, section } from '../../harness';

const PROBE = 200;
const OSPF = 89;

export const gvisor = section(
  'gvisor-3996',
  'IPV6_CHECKSUM is not supported',
  [
    {
      id: 'the-option-can-be-set',
      says: 'IPV6_CHECKSUM can be set on a raw socket.',
      covers: ['3.1-08', '3.1-23'],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.raw(OSPF);
        socket.setInt('checksum', 12);
        expect(socket.getInt('checksum')).toBe(12);
      },
    },
  ],
  {
    reference: 'google/gvisor#3996',
    systems: 'gVisor in 2020',
    link: 'https://github.com/google/gvisor/issues/3996',
    symptom: { rules: ['3.1.option-*', 'gvisor-3996'], observed: /^setsockopt fails with ENOPROTOOPT$/ },
  },
);

export const kame = section(
  'kame-checksum-2',
  'IPV6_CHECKSUM 2 is accepted on ICMPv6 sockets',
  [
    {
      id: 'two-is-refused',
      says: 'IPV6_CHECKSUM fails on an ICMPv6 socket even for the offset at which the checksum is.',
      covers: ['3.1-13'],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.rawIcmpv6();
        expect(() => {
          socket.setInt('checksum', 2);
        }).toFail();
      },
    },
  ],
  {
    reference: 'the KAME stack',
    systems: 'FreeBSD, OpenBSD, macOS',
    link: 'https://github.com/freebsd/freebsd-src/blob/main/sys/netinet6/raw_ip6.c',
    symptom: { rules: ['3.1.option-is-refused-on-icmpv6', 'kame-checksum-2'], observed: /^succeeds$/ },
  },
);

export const openbsd = section(
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
    systems: 'OpenBSD 6.4, 6.5',
    link: 'https://www.openbsd.org/errata65.html',
    symptom: { rules: ['openbsd-rip6cksum'], observed: /^\[/ },
  },
);

export const maghemite = section(
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
        for (const address of ['ff02::a', 'ff02::3542:802']) {
          const packet = await wire.captureOne(() =>
            socket.sendTo(message({ type: PROBE }), { address, scope: host.interface.index }),
          );
          expect(packet).toBePacket({ destination: address });
          expect(packet).toCarryItsChecksum();
        }
      },
    },
  ],
  {
    reference: 'oxidecomputer/maghemite#802',
    systems: 'an application of 2026',
    link: 'https://github.com/oxidecomputer/maghemite/pull/802',
    symptom: { rules: ['maghemite-802'], observed: /^checksum 0x/ },
  },
);
