import { message, outcomeOf, section, type Rule } from '../../harness';

const MAPPED = '::ffff:127.0.0.1';
const PROBE = 200;
const needs: Rule['needs'] = ['raw-icmpv6'];

export default section('13', 'IPv4-mapped IPv6 addresses', [
  ...(['bind', 'connect', 'sendto'] as const).map((call): Rule => ({
    id: `${call}-to-a-mapped-address`,
    says: `What ${call} with an IPv4-mapped address gives on a raw ICMPv6 socket.`,
    covers: ['13-01'],
    needs,
    check({ host }) {
      const socket = host.rawIcmpv6();
      return outcomeOf(() => {
        if (call === 'sendto') socket.sendTo(message({ type: PROBE }), MAPPED);
        else socket[call](MAPPED);
      });
    },
  })),
  {
    id: 'ipv4-packets-of-protocol-58',
    says: 'Whether a raw ICMPv6 socket receives an IPv4 packet of protocol 58.',
    covers: ['13-01'],
    needs: ['raw-icmpv6', 'link'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const ipv4 = host.socket({ family: 'inet', type: 'raw', protocol: 58 });
      ipv4.sendTo(message({ type: PROBE, body: Buffer.alloc(8) }), { family: 'inet', address: '127.0.0.1' });
      const witnessed = ipv4.settled().length === 1 ? 'an IPv4 socket does' : 'an IPv4 socket does not';
      return `${witnessed}, a raw ICMPv6 socket ${socket.settled().length > 0 ? 'does' : 'does not'}`;
    },
  },
  {
    id: 'packet-information-of-mapped-traffic',
    says: 'Which information a receiver gets of an IPv4 datagram on a socket with a mapped address.',
    covers: ['13-03'],
    needs,
    check({ host }) {
      const receiver = host.socket({ family: 'inet6', type: 'datagram', protocol: 0 });
      receiver.bind({ address: MAPPED, port: 3542 });
      receiver.enable('receive-packet-info', 'receive-hop-limit', 'receive-traffic-class');
      const sender = host.socket({ family: 'inet', type: 'datagram', protocol: 0 });
      sender.sendTo(Buffer.alloc(4), { family: 'inet', address: '127.0.0.1', port: 3542 });
      return receiver.receive()?.ancillary.kinds.join(', ') ?? 'nothing is received';
    },
  },
  {
    id: 'ipv6-options-of-a-mapped-socket',
    says: 'What setting options of IPv6 gives on a socket that is connected to an IPv4-mapped address.',
    covers: ['13-02'],
    needs,
    check({ host }) {
      const socket = host.socket({ family: 'inet6', type: 'datagram', protocol: 0 });
      socket.connect({ address: MAPPED, port: 9 });
      const outcomes = (
        ['unicast-hops', 'traffic-class', 'receive-packet-info', 'receive-hop-limit'] as const
      ).map(
        (option) =>
          `${option} ${outcomeOf(() => {
            socket.setInt(option, 1);
          })}`,
      );
      return outcomes.join(', ');
    },
  },
]);
