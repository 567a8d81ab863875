import type { Defect } from '../defect';
import { redefined } from './redefined';

const after = (text: string): Defect['seed'] => ({ headers: { 'netdb.h': text } });

/** What a system can do wrong with the protocols of RFC 3542 §2.4 and the "r" commands of §14. */
export const netdbDefects: readonly Defect[] = [
  {
    id: 'protocols-file-absent',
    says: 'getprotobyname knows no protocol.',
    kills: ['2.4.*'],
    seed: after(redefined({ 'getprotobyname(name)': '((struct protoent *) 0)' })),
  },
  {
    id: 'r-commands-of-ipv4-only',
    says: 'The functions for the "r" commands know AF_INET only.',
    kills: ['14.1.binds-a-reserved-port-of-ipv6', '14.2.takes-*', '14.3.takes-*', '14.3.refuses-*'],
    seed: after(
      redefined({
        'rresvport_af(p, f)': '((f) == AF_INET ? rresvport_af(p, f) : (errno = EAFNOSUPPORT, -1))',
        'rcmd_af(h, r, l, u, c, d, f)': '(errno = EAFNOSUPPORT, -1)',
        'rexec_af(h, r, l, u, c, d, f)': '(errno = EAFNOSUPPORT, -1)',
      }),
    ),
  },
  {
    id: 'r-commands-of-any-family',
    says: 'The functions for the "r" commands take every family for AF_INET6, and bind any port.',
    kills: ['14.1.*', '14.2.refuses-other-families'],
    seed: after(
      redefined({
        'rresvport_af(p, f)': 'socket(AF_INET6, SOCK_STREAM, 0)',
        'rcmd_af(h, r, l, u, c, d, f)': '(errno = EINVAL, -1)',
      }),
    ),
  },
  {
    id: 'rcmd-af-absent',
    says: 'There is no rcmd_af.',
    kills: ['14.2.*', '15.netdb-prototypes'],
    seed: after(redefined({ rcmd_af: 'no_rcmd_af' })),
  },
];
