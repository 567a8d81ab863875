import { expect, section } from '../../harness';

const OSPF = 89;

export default section(
  'linux-fb7bc9204095',
  'A short IPV6_CHECKSUM is read whole',
  [
    {
      id: 'a-short-option-is-refused',
      says: 'IPV6_CHECKSUM with an option length of less than an int fails, and the offset stays what it was.',
      covers: ['3.1-17', '3.1-23'],
      needs: ['raw-icmpv6'],
      check({ host }) {
        const socket = host.raw(OSPF);
        for (const length of [1, 2, 3]) {
          expect(() => {
            socket.setOption('checksum', Buffer.of(4, 0, 0, 0), length);
          }).toFail();
        }
        expect(socket.getInt('checksum')).toBe(-1);
      },
    },
  ],
  {
    reference: 'Linux fb7bc9204095',
    systems: 'Linux before 5.16, and before 5.15.14 and 5.10.91 among the stable releases',
    link: 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=fb7bc9204095090731430c8921f9e629740c110a',
    symptom: { rules: ['linux-fb7bc9204095'], observed: /^succeeds$/ },
  },
);
