import { headerRule, section } from '../../harness';

const header = 'sys/socket.h';
/** A control buffer with two objects, of 4 and 20 bytes of data, and `m` around it. */
const TWO =
  'char _Alignas(16) buffer[256] = { 0 }; struct msghdr m = { 0 }; m.msg_control = buffer; m.msg_controllen = CMSG_SPACE(4) + CMSG_SPACE(20); struct cmsghdr *first = CMSG_FIRSTHDR(&m); first->cmsg_len = CMSG_LEN(4); struct cmsghdr *second = (struct cmsghdr *) (buffer + CMSG_SPACE(4)); second->cmsg_len = CMSG_LEN(20)';

export default section('5.1', 'CMSG_NXTHDR', [
  headerRule({
    id: 'gives-the-next-object',
    says: 'CMSG_NXTHDR gives the object after the one that it is given.',
    covers: ['5.1-01'],
    header,
    defines: { [`({ ${TWO}; (char *) CMSG_NXTHDR(&m, first) - buffer == CMSG_SPACE(4); })`]: 1 },
  }),
  headerRule({
    id: 'ends-with-null',
    says: 'CMSG_NXTHDR gives NULL after the last object.',
    covers: ['5.1-01'],
    header,
    defines: { [`({ ${TWO}; CMSG_NXTHDR(&m, second) == 0; })`]: 1 },
  }),
  headerRule({
    id: 'ends-where-no-header-fits',
    says: 'CMSG_NXTHDR gives NULL where the rest of the buffer is too short for another header.',
    covers: ['5.1-01'],
    header,
    defines: {
      [`({ ${TWO}; m.msg_controllen = CMSG_SPACE(4) + sizeof(struct cmsghdr) - 1; CMSG_NXTHDR(&m, first) == 0; })`]: 1,
      [`({ ${TWO}; m.msg_controllen = CMSG_SPACE(4); CMSG_NXTHDR(&m, first) == 0; })`]: 1,
      [`({ ${TWO}; m.msg_controllen = CMSG_LEN(4); CMSG_NXTHDR(&m, first) == 0; })`]: 1,
    },
  }),
  headerRule({
    id: 'ends-where-a-length-lies',
    says: 'CMSG_NXTHDR gives NULL after an object whose length leads out of the buffer, as far as the largest number there is.',
    covers: ['5.1-01'],
    header,
    defines: Object.fromEntries(
      ['m.msg_controllen + 1', '(size_t) -1', '(size_t) -8', '(size_t) -16'].map((length) => [
        `({ ${TWO}; first->cmsg_len = ${length}; CMSG_NXTHDR(&m, first) == 0; })`,
        1,
      ]),
    ),
  }),
  headerRule({
    id: 'begins-after-null',
    says: 'CMSG_NXTHDR of NULL gives the first object, as CMSG_FIRSTHDR does.',
    covers: ['5.1-02'],
    header,
    defines: { [`({ ${TWO}; CMSG_NXTHDR(&m, (struct cmsghdr *) 0) == first; })`]: 1 },
  }),
  headerRule({
    id: 'without-objects-there-is-no-first',
    says: 'Without ancillary data CMSG_FIRSTHDR gives NULL.',
    covers: ['5.1-03'],
    header,
    defines: { [`({ ${TWO}; m.msg_controllen = 0; CMSG_FIRSTHDR(&m) == 0; })`]: 1 },
  }),
]);
