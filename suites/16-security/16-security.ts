import {
  ancillary,
  encodeDestinationOptions,
  encodeHopByHop,
  expect,
  message,
  OPTION,
  outcomeOf,
  section,
} from '../../harness';

const TYPE = 200;
const PROBE = message({ type: TYPE });
const PADDING = { options: [{ type: OPTION.padN, data: Buffer.alloc(4) }] };

export default section('16', 'Security Considerations', [
  {
    id: 'setting-options-without-privilege',
    says: 'Whether a process without privilege may send hop-by-hop and destination options.',
    covers: ['16-01'],
    needs: ['raw-icmpv6', 'drop-privilege'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const items = [
        ancillary.hopByHopOptions(encodeHopByHop(PADDING)),
        ancillary.destinationOptions(encodeDestinationOptions(PADDING)),
      ];
      return host.unprivileged(() =>
        items
          .map(
            (item) =>
              `${item.option}: ${outcomeOf(() => {
                socket.setSticky(item);
              })}`,
          )
          .join(', '),
      );
    },
  },
  {
    id: 'receiving-options-without-privilege',
    says: 'Whether a process without privilege is told of the hop-by-hop and destination options of a packet.',
    covers: ['16-02'],
    needs: ['raw-icmpv6', 'peer', 'drop-privilege'],
    check({ host, peer }) {
      const socket = host.rawIcmpv6();
      const extensions = [
        { kind: 'hop-by-hop', ...PADDING },
        { kind: 'destination', ...PADDING },
      ] as const;
      const asked = (['receive-hop-by-hop-options', 'receive-destination-options'] as const).map((option) =>
        host.unprivileged(() =>
          outcomeOf(() => {
            socket.enable(option);
          }),
        ),
      );
      peer.send({ type: TYPE }, host.address, { extensions });
      const told = host.unprivileged(() => socket.next({ type: TYPE }).ancillary.kinds);
      return `asking: ${asked.join(', ')}; told: ${told.join(', ')}`;
    },
  },
  {
    id: 'no-spoofed-source-without-privilege',
    says: 'A process without privilege sends nothing from an address that the node does not have, whether sticky or ancillary.',
    covers: ['16-03', '6.2-04'],
    needs: ['raw-icmpv6', 'link', 'drop-privilege'],
    async check({ host, peer, wire }) {
      const info = ancillary.packetInfo({ address: '2001:db8:16::dead', interface: host.interface.index });
      const socket = host.rawIcmpv6();
      const packets = await wire.capture(() => {
        host.unprivileged(() => {
          expect(() => socket.sendMessage(PROBE, peer.address, { ancillary: [info] })).toFail();
          outcomeOf(() => {
            socket.setSticky(info);
          });
          outcomeOf(() => socket.sendTo(PROBE, peer.address));
        });
      });
      expect(packets.map(({ ipv6 }) => ipv6.source)).not.toContain('2001:db8:16::dead');
    },
  },
]);
