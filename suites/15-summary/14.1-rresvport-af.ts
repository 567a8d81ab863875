import { headerRule, section } from '../../harness';

const header = 'netdb.h';

/** Whether the socket that rresvport_af makes is a stream of this family, bound to a reserved port. */
function bindsReserved(family: string): string {
  return `({ struct sockaddr_in6 a; socklen_t room = sizeof a; int port = 1023, type, s = rresvport_af(&port, ${family}); getsockname(s, (struct sockaddr *) &a, &room); room = sizeof type; getsockopt(s, SOL_SOCKET, SO_TYPE, &type, &room); s >= 0 && a.sin6_family == ${family} && ntohs(a.sin6_port) == port && port < 1024 && type == SOCK_STREAM; })`;
}

export default section('14.1', 'rresvport_af', [
  headerRule({
    id: 'binds-a-reserved-port-of-ipv6',
    says: 'rresvport_af makes a TCP socket of AF_INET6 and binds it to a reserved port.',
    covers: ['14.1-01'],
    header,
    defines: { [bindsReserved('AF_INET6')]: 1 },
  }),
  headerRule({
    id: 'binds-a-reserved-port-of-ipv4',
    says: 'rresvport_af makes a TCP socket of AF_INET and binds it to a reserved port.',
    covers: ['14.1-01'],
    header,
    defines: { [bindsReserved('AF_INET')]: 1 },
  }),
  headerRule({
    id: 'refuses-other-families',
    says: 'rresvport_af fails with EAFNOSUPPORT for another address family.',
    covers: ['14.1-01'],
    header,
    defines: {
      '({ int port = 1023; errno = 0; rresvport_af(&port, 99) == -1 && errno == EAFNOSUPPORT; })': 1,
    },
  }),
]);
