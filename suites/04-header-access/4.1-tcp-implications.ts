import {
  ancillary,
  encodeDestinationOptions,
  encodeHopByHop,
  expect,
  OPTION,
  outcomeOf,
  section,
  type Rule,
} from '../../harness';

const PADDING = { options: [{ type: OPTION.padN, data: Buffer.alloc(4) }] };

const RECEIVE_OPTIONS = [
  'receive-packet-info',
  'receive-hop-limit',
  'receive-routing-header',
  'receive-hop-by-hop-options',
  'receive-destination-options',
  'receive-traffic-class',
] as const;

/** Item, and what a packet with it shows. */
const ITEMS = [
  [ancillary.trafficClass(0xb8), { trafficClass: 0xb8 }],
  [ancillary.hopByHopOptions(encodeHopByHop(PADDING)), { extensions: ['hop-by-hop'] }],
  [ancillary.destinationOptions(encodeDestinationOptions(PADDING)), { extensions: ['destination'] }],
] as const;

export default section('4.1', 'TCP Implications', [
  ...ITEMS.map(([item, shown]): Rule => ({
    id: `tcp-takes-sticky-${item.option}`,
    says: `A TCP socket takes ${item.option} as a sticky option, and its segments carry it.`,
    covers: ['4.1-01'],
    needs: ['raw-icmpv6', 'link'],
    async check({ host, peer, wire }) {
      const socket = host.socket({ family: 'inet6', type: 'stream', protocol: 6 });
      socket.setSticky(item);
      const packet = await wire.captureOne(() =>
        outcomeOf(() => {
          socket.connect({ address: peer.address, port: 3542 });
        }),
      );
      expect(packet).toBePacket({ protocol: 6, ...shown });
    },
  })),
  {
    id: 'receive-options-of-tcp',
    says: 'What setting the receive options gives on a TCP socket, whose results are left undefined.',
    covers: ['4.1-02'],
    needs: ['raw-icmpv6'],
    check({ host }) {
      const socket = host.socket({ family: 'inet6', type: 'stream', protocol: 6 });
      const outcomes = RECEIVE_OPTIONS.map(
        (option) =>
          `${option} ${outcomeOf(() => {
            socket.enable(option);
          })}`,
      );
      return outcomes.join(', ');
    },
  },
]);
