import { ancillary, expect, message, outcomeOf, type Rule } from '../../harness';

const TYPE = 200;
const PROBE = message({ type: TYPE });
const INFORMATION = ['receive-packet-info', 'receive-hop-limit', 'receive-traffic-class'] as const;

/** The objects of a control buffer and the padding between and behind them. */
export const controlBuffers: readonly Rule[] = [
  ...([true, false] as const).map((padding): Rule => ({
    id: `sends-${padding ? 'with' : 'without'}-trailing-padding`,
    says: `A send takes a control buffer ${padding ? 'that ends with the padding of its last object' : 'without padding behind its last object'}.`,
    covers: ['20.2-02', '20.2-01'],
    needs: ['raw-icmpv6', 'wire'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const control = socket.controlOf([ancillary.trafficClass(0xb8), ancillary.hopLimit(42)], { padding });
      const packet = await wire.captureOne(() => socket.sendMessage(PROBE, peer.address, { control }));
      expect(packet).toBePacket({ trafficClass: 0xb8, hopLimit: 42 });
    },
  })),
  {
    id: 'sends-a-cut-object',
    says: 'What a send makes of a control buffer that ends within its only object.',
    covers: ['20.2-02'],
    needs: ['raw-icmpv6'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const whole = socket.controlOf([ancillary.hopLimit(42)], { padding: false });
      return [1, 2, 3, 4, 5]
        .map((missing) => {
          const control = whole.subarray(0, whole.length - missing);
          return `${String(missing)} bytes missing: ${outcomeOf(() => socket.sendMessage(PROBE, peer.address, { control }))}`;
        })
        .join(', ');
    },
  },
  {
    id: 'receives-where-padding-has-room',
    says: 'An object comes whole, and nothing is said to be cut, when the buffer has room for it and its padding.',
    covers: ['20.2-03', '20.2-01'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      socket.enable(...INFORMATION);
      const room = socket.controlOf([
        ancillary.packetInfo({}),
        ancillary.hopLimit(0),
        ancillary.trafficClass(0),
      ]).length;
      const clock = host.rawIcmpv6();
      peer.send({ type: TYPE }, host.address, { hopLimit: 77, trafficClass: 0xb8 });
      clock.next({ type: TYPE });
      const received = socket.receive({ control: room });
      expect(received?.controlTruncated).toBe(false);
      expect([received?.ancillary.hopLimit, received?.ancillary.trafficClass]).toEqual([77, 0xb8]);
      expect(received?.ancillary.packetInfo?.address).toBe(host.address);
    },
  },
  {
    id: 'receives-in-too-small-a-buffer',
    says: 'What recvmsg returns, and whether it sets MSG_CTRUNC, where the buffer is too small for an address and a hop limit.',
    covers: ['20.2-04', '20.2-03'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const clock = host.rawIcmpv6();
      socket.enable('receive-packet-info', 'receive-hop-limit');
      const one = socket.controlOf([ancillary.packetInfo({})]).length;
      const both = socket.controlOf([ancillary.packetInfo({}), ancillary.hopLimit(0)]).length;
      const unpadded = socket.controlOf([ancillary.packetInfo({})], { padding: false }).length;
      const rooms = { none: 0, 'half of one': one >> 1, 'one without padding': unpadded, one, both };
      return Object.entries(rooms)
        .map(([name, control]) => {
          peer.send({ type: TYPE }, host.address);
          clock.next({ type: TYPE });
          const received = socket.receive({ control });
          const kinds = received?.ancillary.objects.map(({ data }) => `${String(data.length)} bytes`);
          const flag = received?.controlTruncated === true ? ' truncated' : '';
          return `${name}: ${kinds?.join(' + ') ?? 'no message'}${flag}`;
        })
        .join(', ');
    },
  },
];

/** How the absence of ancillary data is told. */
export const absence: readonly Rule[] = [
  {
    id: 'no-object-is-length-0',
    says: 'A message without ancillary data comes with a control length of zero and no MSG_CTRUNC, even with no room for any.',
    covers: ['20.3-01'],
    needs: ['raw-icmpv6', 'peer'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const clock = host.rawIcmpv6();
      for (const control of [256, 0]) {
        peer.send({ type: TYPE }, host.address);
        clock.next({ type: TYPE });
        const received = socket.receive({ control });
        expect(received?.ancillary.bytes).toHaveLength(0);
        expect(received?.controlTruncated).toBe(false);
      }
    },
  },
];
