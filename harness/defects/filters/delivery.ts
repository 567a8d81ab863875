import { Icmp6Filter } from '../../socket/filter';
import { received, sent } from '../packet-filter';
import type { Defect } from '../defect';

/** A host that looks at something else than the filter of a socket. */
export const filterDeliveryDefects: readonly Defect[] = [
  {
    id: 'filter-never-passes-type-255',
    says: 'The last bit of a filter is not looked at: messages of type 255 are always withheld.',
    kills: ['3.2.*-every-type', '3.2.block-all-delivers-nothing', '3.3.unknown-types-are-delivered'],
    seed: received('icmpv6 type 255 drop'),
  },
  {
    id: 'filter-looks-at-the-code',
    says: 'Messages of a passing type are withheld when their code is 77.',
    kills: ['3.2.no-code-blocks-a-passing-type'],
    seed: received('icmpv6 type 201 icmpv6 code 77 drop'),
  },
  {
    id: 'filter-stops-sending',
    says: 'A message of a type that the socket blocks is taken by the kernel and never sent.',
    kills: ['3.2.sending-is-not-filtered'],
    seed: {
      calls: ({ calls, filterBlockBit }) => ({
        sendTo: (socket, data, to, flags) => {
          let filter = Icmp6Filter.passAll();
          try {
            filter = Icmp6Filter.decode(calls.getOption(socket, 'icmp6-filter', 32), filterBlockBit);
          } catch {
            // Another socket has no filter.
          }
          return filter.willPass(data[0] ?? 0) ? calls.sendTo(socket, data, to, flags) : data.length;
        },
      }),
    },
  },
  {
    id: 'kernel-stops-answering-itself',
    says: 'With a raw ICMPv6 socket open the kernel leaves echo requests and neighbor solicitations to it.',
    kills: [
      '3.2.*-answered',
      'rfc4443-2.2.*',
      'rfc4443-4.1.is-answered',
      'rfc4443-4.2.returns-what-was-asked',
    ],
    seed: sent('icmpv6 type { echo-reply, nd-neighbor-advert } drop'),
  },
  {
    id: 'kernel-keeps-neighbor-discovery',
    says: 'Messages of neighbor discovery are handled by the kernel and never handed to raw sockets.',
    kills: [
      '3.2.*-alone',
      '3.2.what-the-kernel-handles-itself',
      '3.2.*-every-type',
      '3.2.block-all-delivers-nothing',
    ],
    seed: received('icmpv6 type { nd-router-solicit, nd-router-advert } drop'),
  },
];
