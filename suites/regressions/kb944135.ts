import { echo, errorBody, expect, ICMPV6, message, section } from '../../harness';

/** Behind a router. */
const TARGET = '2001:db8:3542:944::1';

export default section(
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
        socket.setInt('unicast-hops', 1);
        const request = message({ type: ICMPV6.echoRequest, body: echo(1, 1) });
        const probe = await wire.captureOne(() => socket.sendTo(request, TARGET));
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
    symptom: { rules: ['kb944135', 'rfc4443-3.*'], observed: /^(messages of types none|\[\])$/ },
  },
);
