import { headerRule, section } from '../../harness';

const header = 'sys/socket.h';

function first(length: string, control = 'buffer'): string {
  return `({ char _Alignas(16) buffer[64] = { 0 }; struct msghdr m = { 0 }; m.msg_control = ${control}; m.msg_controllen = ${length}; (char *) CMSG_FIRSTHDR(&m) == buffer; })`;
}

export default section('20.3.1', 'CMSG_FIRSTHDR', [
  headerRule({
    id: 'gives-the-first-object',
    says: 'CMSG_FIRSTHDR gives the start of the control buffer when a header fits into it.',
    covers: ['20.3.1-01'],
    header,
    defines: { [first('sizeof(struct cmsghdr)')]: 1, [first('CMSG_SPACE(4)')]: 1 },
  }),
  headerRule({
    id: 'gives-null-where-no-header-fits',
    says: 'CMSG_FIRSTHDR gives NULL when the control buffer is shorter than a header, or there is none.',
    covers: ['20.3.1-01'],
    header,
    defines: {
      [first('sizeof(struct cmsghdr) - 1').replace('== buffer', '== 0')]: 1,
      [first('1').replace('== buffer', '== 0')]: 1,
      [first('0', '0').replace('== buffer', '== 0')]: 1,
    },
  }),
]);
