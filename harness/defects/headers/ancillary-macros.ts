import type { Defect } from '../defect';
import { redefined } from './redefined';

const after = (text: string): Defect['seed'] => ({ headers: { 'sys/socket.h': text } });

/** What a system can do wrong in the macros of ancillary data (RFC 3542 §5, §20). */
export const ancillaryMacroDefects: readonly Defect[] = [
  {
    id: 'cmsg-nxthdr-never-ends',
    says: 'CMSG_NXTHDR steps over the end of the control buffer.',
    kills: ['5.1.ends-*'],
    seed: after(
      redefined({
        'CMSG_NXTHDR(m, c)': '((struct cmsghdr *) ((char *) (c) + CMSG_SPACE((c)->cmsg_len - CMSG_LEN(0))))',
      }),
    ),
  },
  {
    id: 'cmsg-nxthdr-ends-at-once',
    says: 'CMSG_NXTHDR gives NULL, whatever follows.',
    kills: ['5.1.gives-the-next-object', '5.1.begins-after-null'],
    seed: after(redefined({ 'CMSG_NXTHDR(m, c)': '((struct cmsghdr *) 0)' })),
  },
  {
    id: 'cmsg-firsthdr-unchecked',
    says: 'CMSG_FIRSTHDR does not look at the length of the control buffer.',
    kills: ['5.1.without-objects-there-is-no-first', '20.3.1.gives-null-where-no-header-fits'],
    seed: after(
      redefined({
        'CMSG_FIRSTHDR(m)': '((struct cmsghdr *) ((m)->msg_control ? (m)->msg_control : (void *) 8))',
      }),
    ),
  },
  {
    id: 'cmsg-firsthdr-wants-data',
    says: 'CMSG_FIRSTHDR gives NULL for a header without data, and for any other.',
    kills: ['5.1.gives-*', '5.1.ends-*', '5.1.without-*', '20.3.1.gives-the-first-object'],
    seed: after(redefined({ 'CMSG_FIRSTHDR(m)': '((struct cmsghdr *) 0)' })),
  },
  {
    id: 'cmsg-space-without-the-header',
    says: 'CMSG_SPACE forgets the header, shrinks at full words and ends unaligned.',
    kills: [
      '5.1.gives-*',
      '5.1.ends-*',
      '5.1.without-*',
      '5.2.bounds-*',
      '5.2.grows-*',
      '5.2.leaves-*',
      '5.3.what-*',
      '20.3.1.gives-the-first-object',
    ],
    seed: after(redefined({ 'CMSG_SPACE(n)': '((n) % 8 + 3)' })),
  },
  {
    id: 'cmsg-len-padded',
    says: 'CMSG_LEN counts the padding behind the data.',
    kills: ['5.3.*'],
    seed: after(redefined({ 'CMSG_LEN(n)': 'CMSG_SPACE(n)' })),
  },
  {
    id: 'cmsg-data-before-the-end-of-the-header',
    says: 'CMSG_DATA points at the type in the header, as an int.',
    kills: ['5.3.counts-header-and-data', '20.3.3.*'],
    seed: after(redefined({ 'CMSG_DATA(c)': '((int *) ((char *) (c) + 14))' })),
  },
  {
    id: 'msghdr-without-flags',
    says: 'struct msghdr lost its flags.',
    kills: ['20.1.msghdr-members'],
    seed: after(redefined({ msg_flags: 'msg_accrights' })),
  },
];
