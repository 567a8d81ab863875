import { expect, section } from '../../harness';

export default section(
  'kame-checksum-2',
  'IPV6_CHECKSUM 2 is accepted on ICMPv6 sockets',
  [
    {
      id: 'two-is-refused',
      says: 'IPV6_CHECKSUM fails on an ICMPv6 socket even for the offset at which the checksum is.',
      covers: ['3.1-13'],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.rawIcmpv6();
        expect(() => {
          socket.setInt('checksum', 2);
        }).toFail();
      },
    },
  ],
  {
    reference: 'the KAME stack',
    systems: 'FreeBSD, OpenBSD and macOS, whose sources say so',
    link: 'https://github.com/freebsd/freebsd-src/blob/main/sys/netinet6/ip6_output.c',
    symptom: { rules: ['3.1.option-is-refused-on-icmpv6', 'kame-checksum-2'], observed: /^succeeds$/ },
  },
);
