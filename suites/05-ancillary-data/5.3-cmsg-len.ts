import { headerObservation, headerRule, section } from '../../harness';

const header = 'sys/socket.h';

export default section('5.3', 'CMSG_LEN', [
  headerRule({
    id: 'counts-header-and-data',
    says: 'CMSG_LEN is the offset of the data, as CMSG_DATA gives it, and the length of the data.',
    covers: ['5.3-01'],
    header,
    defines: {
      '({ struct cmsghdr c; int wrong = 0; for (int n = 0; n < 256; n++) wrong += CMSG_LEN(n) != (char *) CMSG_DATA(&c) - (char *) &c + n; wrong; })': 0,
    },
  }),
  headerObservation({
    id: 'what-trailing-padding-adds',
    says: 'What CMSG_LEN and CMSG_SPACE give for 0, 1, 4 and 20 bytes.',
    covers: ['5.3-02'],
    header,
    expressions: [0, 1, 4, 20].flatMap((length) => [
      `CMSG_LEN(${String(length)})`,
      `CMSG_SPACE(${String(length)})`,
    ]),
  }),
]);
