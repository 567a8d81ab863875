import { headerRule, section } from '../../harness';

export default section('20.1', 'The msghdr Structure', [
  headerRule({
    id: 'msghdr-members',
    says: 'struct msghdr has a name, pieces, ancillary data with its length, and flags.',
    covers: ['20.1-01'],
    header: 'sys/socket.h',
    defines: {
      '({ struct msghdr m; m.msg_name = 0; m.msg_control = 0; m.msg_iov = 0; sizeof m.msg_iov[0].iov_base == sizeof(void *); })': 1,
      '({ struct msghdr m; m.msg_namelen = 28; m.msg_iovlen = 3; m.msg_controllen = 10240; m.msg_flags = -1; m.msg_namelen == 28 && m.msg_iovlen == 3 && m.msg_controllen == 10240 && m.msg_flags == -1; })': 1,
    },
  }),
]);
