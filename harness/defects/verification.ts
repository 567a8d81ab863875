import type { Descriptor, SystemCalls } from '../socket/system-calls';
import type { Defect } from './defect';
import { arriving, received } from './packet-filter';

/** What a host can do wrong with ICMPv6 messages that it receives. */
export const verificationDefects: readonly Defect[] = [
  {
    id: 'received-checksums-are-not-verified',
    says: 'Messages with a wrong checksum are handed to raw ICMPv6 sockets.',
    kills: [
      '3.1.reading-the-option-on-icmpv6',
      '3.1.raw-level-escape',
      '3.3.*-discarded',
      '3.3.a-wrong-checksum-is-discarded-at-every-length',
      '3.3.a-wrong-*',
      '3.3.a-zero-checksum-is-discarded-where-it-is-wrong',
    ],
    seed: {
      calls: ({ calls }) => {
        const icmpv6 = new Set<Descriptor>();
        const level = (socket: Descriptor, value: number): void => {
          const bytes = Buffer.alloc(4);
          bytes.writeInt32LE(value);
          if (icmpv6.has(socket)) calls.setOption(socket, 'checksum-at-raw-level', bytes, 4);
        };
        // The one option of this system that turns verification off does the same to what is sent.
        const sending = <T>(socket: Descriptor, send: () => T): T => {
          level(socket, 2);
          try {
            return send();
          } finally {
            level(socket, -1);
          }
        };
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            if (kind.family === 'inet6' && kind.type === 'raw' && kind.protocol === 58) icmpv6.add(socket);
            level(socket, -1);
            return socket;
          },
          close: (socket) => {
            icmpv6.delete(socket);
            calls.close(socket);
          },
          write: (socket, ...rest) => sending(socket, () => calls.write(socket, ...rest)),
          send: (socket, ...rest) => sending(socket, () => calls.send(socket, ...rest)),
          sendTo: (socket, ...rest) => sending(socket, () => calls.sendTo(socket, ...rest)),
          sendMessage: (socket, ...rest) => sending(socket, () => calls.sendMessage(socket, ...rest)),
          sendMessages: (socket, ...rest) => sending(socket, () => calls.sendMessages(socket, ...rest)),
        } satisfies Partial<SystemCalls>;
      },
    },
  },
  {
    id: 'received-zero-checksum-is-refused',
    says: 'A received message whose checksum is zero is dropped even where zero is right.',
    kills: ['3.3.a-zero-checksum-is-taken-where-it-is-right'],
    seed: received('icmpv6 type 200 icmpv6 checksum 0 drop'),
  },
  {
    id: 'received-unknown-types-are-dropped',
    says: 'Messages of types that the stack does not know never reach a raw socket.',
    kills: [
      '3.2.*-every-type',
      '3.2.block-all-delivers-nothing',
      '3.3.unknown-types-are-delivered',
      'rfc4443-2.4.unknown-errors-are-passed-on',
    ],
    seed: received('icmpv6 type { 5, 42, 99, 126, 127, 163, 180, 199, 254 } drop'),
  },
  {
    id: 'received-unknown-codes-are-dropped',
    says: 'Messages with codes that the stack does not know never reach a raw socket.',
    kills: [
      '3.2.no-code-blocks-a-passing-type',
      '3.3.every-code-of-type-1-is-delivered',
      '3.3.every-code-of-type-3-is-delivered',
      '3.3.every-code-of-type-4-is-delivered',
      '3.3.every-code-of-type-100-is-delivered',
      '3.3.every-code-of-type-128-is-delivered',
      '3.3.every-code-of-type-200-is-delivered',
    ],
    seed: received('icmpv6 code 222 drop'),
  },
  {
    id: 'received-messages-under-8-bytes-are-dropped',
    says: 'Messages of less than eight bytes never reach a raw socket.',
    kills: ['3.3.malformed-messages', '3.3.short-messages'],
    seed: received('ip6 nexthdr ipv6-icmp ip6 length < 8 drop'),
  },
  {
    id: 'received-malformed-messages-are-dropped',
    says: 'Neighbor discovery from beyond the link, and errors without a packet, never reach a raw socket.',
    kills: [
      '3.2.what-the-kernel-handles-itself',
      '3.2.*-every-type',
      '3.2.block-all-delivers-nothing',
      '3.3.malformed-messages',
    ],
    seed: received('icmpv6 type nd-neighbor-solicit ip6 hoplimit != 255 drop'),
  },
  {
    id: 'received-errors-are-dropped',
    says: 'ICMPv6 errors other than Packet Too Big never reach a raw socket.',
    shipped: 'Windows Server 2003 (KB944135)',
    kills: [
      '3.2.*-every-type',
      '3.2.any-filter-delivers-what-it-passes',
      '3.2.block-all-delivers-nothing',
      '3.2.errors-are-filtered-by-their-type',
      '3.2.every-single-*-alone',
      '3.3.every-code-of-type-1-is-delivered',
      '3.3.every-code-of-type-3-is-delivered',
      '3.3.every-code-of-type-4-is-delivered',
      '3.3.malformed-messages',
      'kb944135.time-exceeded-reaches-the-prober',
      'rfc4443-2.4.the-inner-protocol-selects-the-process',
      'rfc4443-3.1.is-passed-up',
      'rfc4443-3.3.is-passed-up',
      'rfc4443-3.4.is-passed-up',
    ],
    seed: received('icmpv6 type { 1, 3, 4 } drop'),
  },
  {
    id: 'received-wrong-checksums-are-not-counted',
    says: 'Messages with a wrong checksum are dropped without a trace.',
    kills: ['3.3.discarded-messages-are-counted'],
    seed: arriving('icmpv6 checksum 0xdead drop'),
  },
  {
    id: 'received-largest-packet-is-dropped',
    says: 'A packet that just fills the link never reaches a raw socket.',
    kills: ['3.3.every-length-is-delivered'],
    seed: received('icmpv6 type 200 ip6 length 1460 drop'),
  },
  {
    id: 'received-from-every-group',
    says: 'Opening a raw ICMPv6 socket joins multicast groups that the program did not ask for.',
    kills: ['3.3.messages-to-other-groups'],
    seed: {
      calls: ({ calls }) => ({
        socket: (kind) => {
          const socket = calls.socket(kind);
          const group = Buffer.from('ff020000000000000000000000001234' + '00000000', 'hex');
          if (kind.family === 'inet6' && kind.type === 'raw')
            calls.setOption(socket, 'join-group', group, 20);
          return socket;
        },
      }),
    },
  },
  {
    id: 'received-fragments-are-dropped',
    says: 'Fragments are dropped instead of reassembled.',
    kills: [
      '3.receives-a-message-behind-a-lone-fragment-header',
      '3.reassembles-fragments',
      'rfc8200-4.1.*-header',
      'rfc8200-5.reassembles-1500-bytes',
    ],
    seed: received('exthdr frag exists drop'),
  },
  {
    id: 'received-first-fragment-is-a-message',
    says: 'The first fragment of a message is handed to raw sockets as if it were all of it.',
    kills: ['3.reassembles-fragments', '3.withholds-a-part-of-a-message', 'rfc8200-5.reassembles-1500-bytes'],
    seed: received('exthdr frag exists @nh,336,16 1 @nh,336,16 set 0'),
  },
  {
    id: 'received-extension-headers-are-dropped',
    says: 'Packets with extension headers are dropped, as firewalls do.',
    kills: [
      '3.receives-a-*',
      '3.available-header-fields',
      '3.reassembles-fragments',
      '4.*-its-object',
      '4.nothing-is-returned-unasked',
      '4.*-boolean',
      '4.options-of-one-socket-are-its-own',
      '4.2.no-header-no-object',
      '7.received-header-is-an-object',
      '7.no-object-unless-asked-for',
      '7.several-headers-are-several-objects',
      '7.source-routes',
      '8.receiving-without-privilege',
      '8.1.*',
      '9.1.*',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '12.only-what-was-asked-for',
      '16.receiving-options-without-privilege',
      'rfc8200-4.1.accepts-*',
      'rfc8200-4.2.skip-*',
      'rfc8200-4.2.discard-and-report-for-*',
      'rfc8200-4.2.discard-and-report-unicast-for-a-unicast',
      'rfc8200-4.4.*',
      'rfc8200-5.reassembles-1500-bytes',
      'rfc5095-3.*',
      '4.no-object-is-a-next-hop',
    ],
    seed: received(
      'exthdr hbh exists drop',
      'exthdr dst exists drop',
      'exthdr rt exists drop',
      'exthdr frag exists drop',
    ),
  },
  {
    id: 'received-words-are-swapped',
    says: 'The first word of a body is handed to readers in the byte order of the host.',
    kills: ['3.receives-bytes-as-they-are'],
    seed: received('icmpv6 type 200 icmpv6 code 1 @th,32,32 0x01020304 @th,32,32 set 0x04030201'),
  },
  {
    id: 'received-protocol-255-is-dropped',
    says: 'A socket of IPPROTO_RAW receives nothing.',
    kills: ['3.protocol-255-receives'],
    seed: received('ip6 nexthdr 255 drop'),
  },
  {
    id: 'loopback-does-not-loop',
    says: 'What a raw socket sends to the loopback address is not received.',
    kills: [
      '3.a-socket-hears-itself',
      '3.2.loopback-is-filtered-too',
      '6.1.arriving-index-is-always-there',
      '6.2.received-loopback-destination',
    ],
    seed: received('iifname lo icmpv6 type { 200, 201 } drop'),
  },
  {
    id: 'ipv4-protocol-58-is-dropped',
    says: 'IPv4 packets of protocol 58 are dropped.',
    kills: ['13.ipv4-packets-of-protocol-58'],
    seed: {
      nft: `add table ip defect
add chain ip defect in { type filter hook input priority 0; }
add rule ip defect in ip protocol 58 drop`,
    },
  },
];
