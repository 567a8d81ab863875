import {
  ancillary,
  checksum,
  echo,
  expect,
  icmpv6Checksum,
  message,
  parseAddress,
  section,
} from '../../harness';

const PROBE = 200;
const OSPF = 89;
const COMMIT = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=';

export const zeroSum = section(
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
    link: `${COMMIT}d3a1be9cba86`,
    symptom: { rules: ['3.1.sends-zero-as-zero', 'linux-d3a1be9cba86'], observed: /^checksum 0xffff$/ },
  },
);

export const trafficClass = section(
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
    reference: 'Linux, traffic class -1',
    systems: 'Linux 6.12 to 7.3',
    link: 'https://github.com/torvalds/linux/blob/v6.12/net/ipv6/raw.c',
    symptom: { rules: ['6.5', 'linux-tclass-minus-one'], observed: /traffic class 255/ },
  },
);

export const pingSockets = section(
  'linux-87445f369cca',
  'Large messages of ICMPv6 datagram sockets',
  [
    {
      id: 'a-large-request-carries-its-checksum',
      says: 'An echo request of 35,000 bytes that an ICMPv6 datagram socket sends to the loopback address carries its checksum.',
      covers: ['rfc4443-2.3-01'],
      needs: ['raw-icmpv6', 'link', 'loopback-wire'],
      async check({ host, loopback, random }) {
        const socket = host.socket({ family: 'inet6', type: 'datagram', protocol: 58 });
        const request = message({ type: 128, body: echo(1, 1, random.bytes(34_992)) });
        const packets = await loopback.capture(() => socket.sendTo(request, '::1'));
        const packet = packets.find(({ icmpv6 }) => icmpv6?.type === 128);
        expect(packet?.payload.length).toBe(35_000);
        if (packet !== undefined) expect(packet).toCarryItsChecksum();
      },
    },
  ],
  {
    reference: 'Linux 87445f369cca',
    systems: 'Linux 6.0',
    link: `${COMMIT}87445f369cca`,
    symptom: { rules: ['linux-87445f369cca'], observed: /^checksum 0x/ },
  },
);

export const shortOption = section(
  'linux-fb7bc9204095',
  'A short IPV6_CHECKSUM is read whole',
  [
    {
      id: 'a-short-option-is-refused',
      says: 'IPV6_CHECKSUM with an option length of less than an int fails, and the offset stays what it was.',
      covers: ['3.1-17', '3.1-23'],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.raw(OSPF);
        for (const length of [1, 2, 3]) {
          expect(() => {
            socket.setOption('checksum', Buffer.of(4, 0, 0, 0), length);
          }).toFail();
        }
        expect(socket.getInt('checksum')).toBe(-1);
      },
    },
  ],
  {
    reference: 'Linux fb7bc9204095',
    systems: 'Linux before 6.1',
    link: `${COMMIT}fb7bc9204095`,
    symptom: { rules: ['linux-fb7bc9204095'], observed: /^succeeds$/ },
  },
);

export const fragmentedSends = section(
  'linux-e87a468eb97d',
  'Checksums of fragmented messages in pieces',
  [
    {
      id: 'pieces-that-cross-fragments',
      says: 'A checksum that IPV6_CHECKSUM asks for is right when the pieces of a message end elsewhere than its fragments.',
      covers: ['3.1-08', '3.1-05'],
      needs: ['raw-icmpv6', 'link'],
      async check({ host, peer, wire, random }) {
        const socket = host.raw(OSPF);
        socket.setInt('checksum', 12);
        const payload = random.bytes(5001);
        const parts = [payload.subarray(0, 13), payload.subarray(13, 1461), payload.subarray(1461)];
        const { payload: crossed, ipv6 } = await wire.captureOne(() =>
          socket.sendMessage(parts, peer.address),
        );
        payload.writeUInt16BE(0, 12);
        payload.writeUInt16BE(
          checksum(parseAddress(ipv6.source), parseAddress(peer.address), OSPF, payload),
          12,
        );
        expect(crossed.readUInt16BE(12)).toBe(payload.readUInt16BE(12));
        expect(crossed.equals(payload)).toBe(true);
      },
    },
  ],
  {
    reference: 'Linux e87a468eb97d',
    systems: 'Linux before 4.0',
    link: `${COMMIT}e87a468eb97d`,
    symptom: { rules: ['linux-e87a468eb97d'], observed: /^exactly one packet/ },
  },
);
