import { echo, expect, ICMPV6, message, section } from '../../harness';

export default section(
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
      'Windows Server 2003 SP2 and Windows XP x64 SP2 with update 953230 (MS08-037, July 2008); mended in Tcpip6.sys 5.2.3790.4597 of 1 October 2009',
    link: 'https://mskb.pkisolutions.com/en-us/help/974927',
    symptom: { rules: ['3.1', 'kb947369', 'kb974927'], observed: /^checksum 0x0000$/ },
  },
);
