import {
  ancillary,
  encodeDestinationOptions,
  encodeHopByHop,
  encodeRouting,
  expect,
  message,
  NEXT_HEADER,
  ROUTING_TYPE,
  type Laboratory,
  type Rule,
} from '../../harness';

const PROBE = 200;

const probe = ({ random }: Laboratory, length = 64): Buffer =>
  message({ type: PROBE, body: random.bytes(length - 4) });

/** The checksum over what decides it: addresses, fragments, extension headers. */
export const filledChecksums: readonly Rule[] = [
  {
    id: 'covers-the-source-the-kernel-chose',
    says: 'The pseudo-header holds the source address that the kernel chose.',
    covers: ['3.1-03'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const packet = await lab.wire.captureOne(() => socket.sendTo(probe(lab), lab.peer.address));
      expect(packet).toBePacket({ source: lab.host.address });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'covers-the-source-of-bind',
    says: 'The pseudo-header holds the source address that bind set.',
    covers: ['3.1-03'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.bind(lab.host.secondAddress);
      const packet = await lab.wire.captureOne(() => socket.sendTo(probe(lab), lab.peer.address));
      expect(packet).toBePacket({ source: lab.host.secondAddress });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'covers-the-source-of-packet-info',
    says: 'The pseudo-header holds the source address that ancillary IPV6_PKTINFO set.',
    covers: ['3.1-03'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const info = ancillary.packetInfo({ address: lab.host.secondAddress });
      const packet = await lab.wire.captureOne(() =>
        socket.sendMessage(probe(lab), lab.peer.address, { ancillary: [info] }),
      );
      expect(packet).toBePacket({ source: lab.host.secondAddress });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'covers-link-local-addresses',
    says: 'A message to a link-local address carries the checksum over the link-local addresses on the wire.',
    covers: ['3.1-03'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const { host, peer, wire } = lab;
      const socket = host.rawIcmpv6();
      const to = { address: peer.linkLocal, scope: host.interface.index };
      const packet = await wire.captureOne(() => socket.sendTo(probe(lab), to));
      expect(packet).toBePacket({ source: host.linkLocal, destination: peer.linkLocal });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'covers-a-multicast-destination',
    says: 'A message to a multicast group carries the checksum over the group on the wire.',
    covers: ['3.1-03'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const { host, wire } = lab;
      const socket = host.rawIcmpv6();
      const group = { address: 'ff02::3542', scope: host.interface.index };
      const packet = await wire.captureOne(() => socket.sendTo(probe(lab), group));
      expect(packet).toBePacket({ destination: group.address });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'covers-the-loopback-address',
    says: 'A message to the loopback address carries its checksum.',
    covers: ['3.1-03'],
    needs: ['raw-icmpv6', 'loopback-wire'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const packet = await lab.loopback.captureOne(() => socket.sendTo(probe(lab), '::1'));
      expect(packet).toBePacket({ source: '::1', destination: '::1' });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'covers-the-hosts-own-address',
    says: 'A message of the host to its own address carries its checksum.',
    covers: ['3.1-03'],
    needs: ['raw-icmpv6', 'link', 'loopback-wire'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const packet = await lab.loopback.captureOne(() => socket.sendTo(probe(lab), lab.host.address));
      expect(packet).toBePacket({ destination: lab.host.address });
      expect(packet).toCarryItsChecksum();
    },
  },
  ...[3000, 20_001, 65_000].map((length): Rule => ({
    id: `covers-a-fragmented-message-of-${String(length)}-bytes`,
    says: `The checksum of a message of ${String(length)} bytes, which crosses in fragments, is that of the whole message.`,
    covers: ['3.1-05'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const sent = probe(lab, length);
      const packet = await lab.wire.captureOne(() => socket.sendTo(sent, lab.peer.address));
      expect(packet).toBePacket({ body: sent.subarray(4) });
      expect(packet).toCarryItsChecksum();
    },
  })),
  {
    id: 'leaves-out-hop-by-hop-options',
    says: 'A hop-by-hop options header does not enter the sum: the pseudo-header still says next header 58 and the length of the message.',
    covers: ['3.1-06', 'rfc8200-8.1-03', 'rfc8200-8.1-04'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.setSticky(ancillary.hopByHopOptions(encodeHopByHop({ options: [] })));
      const packet = await lab.wire.captureOne(() => socket.sendTo(probe(lab), lab.peer.address));
      expect(packet).toBePacket({ extensions: ['hop-by-hop'] });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'leaves-out-destination-options',
    says: 'A destination options header does not enter the sum.',
    covers: ['3.1-06', 'rfc8200-8.1-03', 'rfc8200-8.1-04'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const header = encodeDestinationOptions({ options: [{ type: 0x1e, data: lab.random.bytes(12) }] });
      const packet = await lab.wire.captureOne(() =>
        socket.sendMessage(probe(lab), lab.peer.address, {
          ancillary: [ancillary.destinationOptions(header)],
        }),
      );
      expect(packet).toBePacket({ extensions: ['destination'] });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'leaves-out-options-of-a-fragmented-message',
    says: 'Extension headers in front of a fragmented message do not enter the sum either.',
    covers: ['3.1-05', '3.1-06', 'rfc8200-8.1-04'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.setSticky(ancillary.hopByHopOptions(encodeHopByHop({ options: [] })));
      socket.setSticky(ancillary.destinationOptions(encodeDestinationOptions({ options: [] })));
      const packet = await lab.wire.captureOne(() => socket.sendTo(probe(lab, 4001), lab.peer.address));
      expect(packet).toBePacket({ extensions: ['hop-by-hop', 'destination'] });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'covers-the-final-destination',
    says: 'With a routing header the pseudo-header holds the final destination, not the first hop.',
    covers: ['3.1-07', 'rfc8200-8.1-02'],
    needs: ['raw-icmpv6', 'link'],
    async check(lab) {
      const { host, peer, wire } = lab;
      const socket = host.rawIcmpv6();
      // The kernel writes the final destination into the first entry and sends to the last one.
      const addresses = ['::', peer.address];
      socket.setSticky(ancillary.routingHeader(encodeRouting({ type: ROUTING_TYPE.segment, addresses })));
      const packet = await wire.captureOne(() => socket.sendTo(probe(lab), peer.secondAddress));
      expect(packet).toBePacket({ destination: peer.address, extensions: ['routing'] });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'sends-zero-as-zero',
    says: 'A checksum that comes out as 0x0000 is sent as 0x0000: only UDP puts 0xffff in its place.',
    covers: ['3.1-20', 'rfc8200-8.1-05'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const { host, peer, wire } = lab;
      const socket = host.rawIcmpv6();
      // The sum of a message, put into the message itself, makes the sum of the whole come out as zero.
      const body = Buffer.concat([Buffer.alloc(2), lab.random.bytes(58)]);
      const first = await wire.captureOne(() => socket.sendTo(message({ type: PROBE, body }), peer.address));
      body.writeUInt16BE(first.icmpv6?.checksum ?? 0, 0);
      const packet = await wire.captureOne(() => socket.sendTo(message({ type: PROBE, body }), peer.address));
      expect(packet).toBePacket({ checksum: 0 });
      expect(packet).toCarryItsChecksum();
    },
  },
  {
    id: 'follows-next-header-58',
    says: 'The header in front of the message says next header 58, and the message begins with type, code and checksum.',
    covers: ['rfc4443-2.1-01'],
    needs: ['raw-icmpv6', 'wire'],
    async check(lab) {
      const socket = lab.host.rawIcmpv6();
      const sent = message({ type: PROBE, code: 77, body: lab.random.bytes(60) });
      const packet = await lab.wire.captureOne(() => socket.sendTo(sent, lab.peer.address));
      expect(packet).toBePacket({
        protocol: NEXT_HEADER.icmpv6,
        type: PROBE,
        code: 77,
        body: sent.subarray(4),
      });
    },
  },
];
