import { headerRule, section } from '../../harness';

const header = 'netdb.h';

/** Whether a call to a multicast group, which no TCP connection can reach, fails because of the family. */
function refuses(family: string, address: string): string {
  return `({ char name[] = "${address}", *host = name; errno = 0; int s = rexec_af(&host, htons(512), "a", "b", "c", 0, ${family}); s == -1 && errno == EAFNOSUPPORT; })`;
}

export default section('14.3', 'rexec_af', [
  headerRule({
    id: 'takes-both-families-and-any',
    says: 'rexec_af does not refuse AF_INET, AF_INET6 or AF_UNSPEC.',
    covers: ['14.3-01'],
    header,
    defines: {
      [refuses('AF_INET', '224.0.0.1')]: 0,
      [refuses('AF_INET6', 'ff02::1')]: 0,
      [refuses('AF_UNSPEC', 'ff02::1')]: 0,
    },
  }),
  headerRule({
    id: 'refuses-other-families',
    says: 'rexec_af fails with EAFNOSUPPORT for another address family.',
    covers: ['14.3-01'],
    header,
    defines: { [refuses('99', 'ff02::1')]: 1 },
  }),
]);
