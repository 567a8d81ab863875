import { ancillary, expect, headerRule, message, section, type Rule } from '../../harness';

const header = 'sys/socket.h';
const lengthAsSpace: Rule = {
  id: 'space-is-no-length',
  says: 'An object whose cmsg_len is CMSG_SPACE, and so too long for its option, is refused.',
  covers: ['5.2-02'],
  needs: ['raw-icmpv6', 'link'],
  check({ host, peer }) {
    const socket = host.rawIcmpv6();
    const padded = ancillary.hopLimit(7);
    const tooLong = { ...padded, data: Buffer.concat([padded.data, Buffer.alloc(4)]) };
    expect(() => socket.sendMessage(message({ type: 200 }), peer.address, { ancillary: [tooLong] })).toFail();
  },
};

export default section('5.2', 'CMSG_SPACE', [
  headerRule({
    id: 'bounds-header-and-data',
    says: 'CMSG_SPACE is at least the header, the data and what CMSG_LEN pads between them, whatever the length.',
    covers: ['5.2-01'],
    header,
    defines: {
      '({ int short_ones = 0; for (int n = 0; n < 4096; n++) short_ones += CMSG_SPACE(n) < sizeof(struct cmsghdr) + n; short_ones; })': 0,
    },
  }),
  headerRule({
    id: 'grows-with-the-data',
    says: 'CMSG_SPACE never shrinks when the data grows.',
    covers: ['5.2-01'],
    header,
    defines: {
      '({ int shrunk = 0; for (int n = 1; n < 4096; n++) shrunk += CMSG_SPACE(n) < CMSG_SPACE(n - 1); shrunk; })': 0,
    },
  }),
  headerRule({
    id: 'leaves-the-next-header-aligned',
    says: 'An object that follows after CMSG_SPACE has its header aligned.',
    covers: ['5.2-01'],
    header,
    defines: {
      '({ int misaligned = 0; for (int n = 0; n < 64; n++) misaligned += CMSG_SPACE(n) % __alignof__(struct cmsghdr) != 0; misaligned; })': 0,
    },
  }),
  lengthAsSpace,
]);
