import { echo, errorBody, expect, ICMPV6, message, section, ancillary } from '../../harness';

const PROBE = 200;

export const kb947369 = section(
  'kb947369',
  'Windows Server 2003 does not set the checksum',
  [
    {
      id: 'a-zero-checksum-is-filled-in',
      says: 'A message that a program sends on a raw ICMPv6 socket with a checksum of zero leaves with its checksum.',
      covers: ['3.1-01', 'kb947369'],
      needs: ['raw-icmpv6', 'wire'],
      async check({ host, peer, wire, random }) {
        const socket = host.rawIcmpv6();
        const bytes = message({ type: PROBE, body: random.bytes(32) });
        expect(await wire.captureOne(() => socket.sendTo(bytes, peer.address))).toCarryItsChecksum();
      },
    },
  ],
  {
    reference: 'KB947369 (golang/go#6320)',
    systems: 'Windows Server 2003, Windows XP',
    link: 'https://mskb.pkisolutions.com/kb/947369',
    symptom: { rules: ['3.1', 'kb947369', 'kb974927'], observed: /^checksum 0x0000$/ },
  },
);

export const kb974927 = section(
  'kb974927',
  'A security update takes the checksum away again',
  [
    {
      id: 'the-steps-of-the-article',
      says: 'An echo request whose icmp6_cksum is 0, sent with sendto on a raw ICMPv6 socket, is transmitted with its checksum.',
      covers: ['3.1-01', 'kb974927', 'ms08-037'],
      needs: ['raw-icmpv6', 'link'],
      async check({ host, peer, wire }) {
        const socket = host.rawIcmpv6();
        const request = message({ type: ICMPV6.echoRequest, checksum: 0, body: echo(1, 1) });
        expect(await wire.captureOne(() => socket.sendTo(request, peer.address))).toCarryItsChecksum();
      },
    },
  ],
  {
    reference: 'KB974927',
    systems:
      'Windows Server 2003 SP2 and Windows XP x64 SP2 with update 953230 (MS08-037); mended in Tcpip6.sys 5.2.3790.4597',
    link: 'https://mskb.pkisolutions.com/en-us/help/974927',
    symptom: { rules: ['3.1', 'kb947369', 'kb974927'], observed: /^checksum 0x0000$/ },
  },
);

export const kb944135 = section(
  'kb944135',
  'Errors are not handed to raw sockets',
  [
    {
      id: 'time-exceeded-reaches-the-prober',
      says: 'After a probe with hop limit 1 the Time Exceeded of the router reaches the raw socket that sent it.',
      covers: ['3.3-06', 'rfc4443-3.3-01', 'kb944135'],
      needs: ['raw-icmpv6', 'link', 'peer'],
      async check({ host, peer, wire }) {
        const socket = host.rawIcmpv6();
        const probe = await wire.captureOne(() =>
          socket.sendMessage(
            message({ type: ICMPV6.echoRequest, body: echo(1, 1) }),
            '2001:db8:3542:944::1',
            {
              ancillary: [ancillary.hopLimit(1)],
            },
          ),
        );
        expect(probe).toBePacket({ hopLimit: 1 });
        peer.send({ type: ICMPV6.timeExceeded, body: errorBody(probe.bytes) }, host.address);
        expect(socket).toReceiveTypes([ICMPV6.timeExceeded]);
      },
    },
  ],
  {
    reference: 'KB944135',
    systems: 'Windows Server 2003',
    link: 'https://mskb.pkisolutions.com/kb/944135',
    symptom: { rules: ['kb944135', 'rfc4443-3.3'], observed: /^messages of types none$/ },
  },
);
