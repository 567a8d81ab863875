import { ancillary, expect, message, outcomeOf, type Rule } from '../../harness';

const PROBE = message({ type: 200 });

/** The least that a system must take, in bytes (RFC 3542 §20.1). */
const LEAST = 10_240;
/** More than some systems take, less than half of what the send buffer is set to. */
const MORE = 160 << 10;
const SEND_BUFFER = 1 << 20;

/** As many of these objects as fit into a control buffer of this size. */
function filled(room: number, object: Buffer): Buffer {
  return Buffer.alloc(room - (room % object.length), object);
}

/** The appendix says how much ancillary data a send may carry. */
export const amounts: readonly Rule[] = [
  {
    id: 'accepts-10240-bytes',
    says: 'A send takes 10240 bytes of ancillary data.',
    covers: ['20.1-02', '20.2-01'],
    needs: ['raw-icmpv6', 'wire'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const last = socket.controlOf([ancillary.packetInfo({})]);
      const others = filled(LEAST - last.length, socket.controlOf([ancillary.hopLimit(42)]));
      const control = Buffer.concat([others, last]);
      const packet = await wire.captureOne(() => socket.sendMessage(PROBE, peer.address, { control }));
      expect(packet).toBePacket({ hopLimit: 42 });
    },
  },
  {
    id: 'only-the-send-buffer-limits',
    says: 'The send buffer of the socket alone limits the ancillary data: where that holds 1 MiB, 160 KiB are taken.',
    covers: ['20.1-03'],
    needs: ['raw-icmpv6', 'wire'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.setInt('send-buffer', SEND_BUFFER);
      const control = filled(MORE, socket.controlOf([ancillary.hopLimit(42)]));
      expect(outcomeOf(() => socket.sendMessage(PROBE, peer.address, { control }))).toBe('succeeds');
    },
  },
];
