import { expect, section } from '../../harness';

const OSPF = 89;

export default section(
  'gvisor-3996',
  'IPV6_CHECKSUM is not supported',
  [
    {
      id: 'the-option-can-be-set',
      says: 'IPV6_CHECKSUM can be set on a raw socket.',
      covers: ['3.1-08', '3.1-23'],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.raw(OSPF);
        socket.setInt('checksum', 12);
        expect(socket.getInt('checksum')).toBe(12);
      },
    },
  ],
  {
    reference: 'google/gvisor#3996',
    systems: 'gVisor in 2020',
    link: 'https://github.com/google/gvisor/issues/3996',
    symptom: { rules: ['3.1.option-*', 'gvisor-3996'], observed: /^setsockopt fails with ENOPROTOOPT$/ },
  },
);
