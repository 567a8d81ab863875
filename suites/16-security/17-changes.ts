import {
  ancillary,
  encodeDestinationOptions,
  headerObservation,
  message,
  outcomeOf,
  section,
} from '../../harness';

export default section('17', 'Changes from RFC 2292', [
  headerObservation({
    id: 'packet-options-option',
    says: 'Whether IPV6_PKTOPTIONS, which the RFC removed, is still defined, under that name or with the number of the old RFC.',
    covers: ['17-01'],
    header: 'netinet/in.h',
    expressions: ['IPV6_PKTOPTIONS', 'IPV6_2292PKTOPTIONS'],
  }),
  {
    id: 'sticky-hop-limit',
    says: 'What setting IPV6_HOPLIMIT as a sticky option gives.',
    covers: ['17-02'],
    needs: ['raw-icmpv6'],
    check: ({ host }) => {
      const socket = host.rawIcmpv6();
      return outcomeOf(() => {
        socket.setSticky(ancillary.hopLimit(7));
      });
    },
  },
  {
    id: 'override-of-sticky-options',
    says: 'Whether ancillary data of one extension header suppresses a sticky option of another, as RFC 2292 had it.',
    covers: ['17-03'],
    needs: ['raw-icmpv6', 'wire', 'peer'],
    async check({ host, peer, wire }) {
      const socket = host.rawIcmpv6();
      const header = encodeDestinationOptions({ options: [{ type: 0x1e, data: Buffer.alloc(4) }] });
      socket.setSticky(ancillary.destinationOptions(header));
      const sent = ancillary.hopByHopOptions(header);
      const { extensions } = await wire.captureOne(() =>
        socket.sendMessage(message({ type: 200 }), peer.address, { ancillary: [sent] }),
      );
      return `the packet has ${extensions.map(({ kind }) => kind).join(', ')}`;
    },
  },
  headerObservation({
    id: 'not-neighbor-code',
    says: 'Whether ICMP6_DST_UNREACH_NOTNEIGHBOR, which became BEYONDSCOPE, is still defined.',
    covers: ['17-04'],
    header: 'netinet/icmp6.h',
    expressions: ['ICMP6_DST_UNREACH_NOTNEIGHBOR', 'ICMP6_DST_UNREACH_BEYONDSCOPE'],
  }),
]);
