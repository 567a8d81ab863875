import { headerRule, section, type Question, type Rule } from '../../harness';

const PROTOCOLS = {
  hopopt: 0,
  ipv6: 41,
  'ipv6-route': 43,
  'ipv6-frag': 44,
  esp: 50,
  ah: 51,
  'ipv6-icmp': 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
} as const;

function numberOf(name: string): string {
  return `({ struct protoent *p = getprotobyname("${name}"); p ? p->p_proto : -1; })`;
}

const ICMPV6: Question = { header: 'netdb.h', expression: numberOf('ipv6-icmp') };

export default section('2.4', 'Protocols File', [
  ...Object.entries(PROTOCOLS).map(([name, number]) =>
    headerRule({
      id: `names-${name}`,
      says: `getprotobyname knows ${name} as ${String(number)}.`,
      covers: ['2.4-01'],
      header: 'netdb.h',
      defines: { [numberOf(name)]: number },
    }),
  ),
  {
    id: 'number-opens-a-socket',
    says: 'Whether the number that getprotobyname gives for ipv6-icmp opens an ICMPv6 raw socket.',
    covers: ['2.4-02'],
    needs: ['raw-icmpv6', 'c-compiler', 'peer'],
    asks: [ICMPV6],
    check({ host, peer, headers }) {
      const number = headers.answer(ICMPV6);
      if (typeof number !== 'number' || number < 0) return 'ipv6-icmp has no number';
      const socket = host.raw(number);
      peer.send({ type: 200 }, host.address);
      return socket.settled().some(({ type }) => type === 200)
        ? 'the socket gets ICMPv6 messages'
        : 'the socket gets no ICMPv6 message';
    },
  } satisfies Rule,
]);
