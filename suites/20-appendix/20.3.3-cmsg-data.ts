import { headerRule, section } from '../../harness';

const header = 'sys/socket.h';

export default section('20.3.3', 'CMSG_DATA', [
  headerRule({
    id: 'points-behind-the-header',
    says: 'CMSG_DATA points behind the header, with no more between them than alignment asks for.',
    covers: ['20.3.3-01'],
    header,
    defines: {
      '({ struct cmsghdr c; long at = (char *) CMSG_DATA(&c) - (char *) &c; at >= (long) sizeof c && at < (long) sizeof c + 16; })': 1,
      '({ struct cmsghdr c; ((char *) CMSG_DATA(&c) - (char *) &c) % __alignof__(int); })': 0,
    },
  }),
  headerRule({
    id: 'gives-bytes',
    says: 'CMSG_DATA is a pointer to bytes, whatever the data is.',
    covers: ['20.3.3-01'],
    header,
    defines: { '({ struct cmsghdr c; sizeof(*CMSG_DATA(&c)); })': 1 },
  }),
]);
