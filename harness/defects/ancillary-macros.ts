import { encodeControl } from '../socket/control';
import type { Defect } from './defect';

/** What a system can do wrong in the macros of ancillary data, the "r" commands and the summary (RFC 3542 §5, §14, §15, §20). */
export const ancillaryMacroDefects: readonly Defect[] = [
  {
    id: 'cmsg-nxthdr-never-ends',
    says: 'CMSG_NXTHDR steps over the end of the control buffer.',
    kills: ['5.1.ends-*'],
    seed: {
      headers:
        '#undef CMSG_NXTHDR\n#define CMSG_NXTHDR(m, c) ((struct cmsghdr *) ((char *) (c) + CMSG_SPACE((c)->cmsg_len - CMSG_LEN(0))))',
    },
  },
  {
    id: 'cmsg-nxthdr-ends-at-once',
    says: 'CMSG_NXTHDR gives NULL, whatever follows.',
    kills: ['5.1.gives-the-next-object', '5.1.begins-after-null'],
    seed: { headers: '#undef CMSG_NXTHDR\n#define CMSG_NXTHDR(m, c) ((struct cmsghdr *) 0)' },
  },
  {
    id: 'cmsg-firsthdr-unchecked',
    says: 'CMSG_FIRSTHDR does not look at the length of the control buffer.',
    kills: ['5.1.without-objects-there-is-no-first', '20.3.1.gives-null-where-no-header-fits'],
    seed: {
      headers:
        '#undef CMSG_FIRSTHDR\n#define CMSG_FIRSTHDR(m) ((struct cmsghdr *) ((m)->msg_control ? (m)->msg_control : (void *) 8))',
    },
  },
  {
    id: 'cmsg-firsthdr-wants-data',
    says: 'CMSG_FIRSTHDR gives NULL for a header without data, and for any other.',
    kills: ['20.3.1.gives-the-first-object', '5.1.ends-*', '5.1.gives-*', '5.1.without-*'],
    seed: { headers: '#undef CMSG_FIRSTHDR\n#define CMSG_FIRSTHDR(m) ((struct cmsghdr *) 0)' },
  },
  {
    id: 'cmsg-space-without-the-header',
    says: 'CMSG_SPACE forgets the header, shrinks at full words and ends unaligned.',
    kills: [
      '5.1.ends-*',
      '5.1.without-*',
      '5.1.gives-*',
      '20.3.1.gives-the-first-object',
      '5.2.bounds-*',
      '5.2.grows-*',
      '5.2.leaves-*',
      '5.3.what-*',
    ],
    seed: { headers: '#undef CMSG_SPACE\n#define CMSG_SPACE(n) ((n) % 8 + 3)' },
  },
  {
    id: 'cmsg-len-padded',
    says: 'CMSG_LEN counts the padding behind the data.',
    kills: ['5.3.*'],
    seed: { headers: '#undef CMSG_LEN\n#define CMSG_LEN(n) CMSG_SPACE(n)' },
  },
  {
    id: 'cmsg-data-before-the-end-of-the-header',
    says: 'CMSG_DATA points at the type in the header, as an int.',
    kills: ['20.3.3.*', '5.3.counts-header-and-data'],
    seed: { headers: '#undef CMSG_DATA\n#define CMSG_DATA(c) ((int *) ((char *) (c) + 14))' },
  },
  {
    id: 'overlong-objects-trimmed',
    says: 'A hop limit object with more data than an int is taken.',
    kills: ['5.2.space-is-no-length'],
    seed: {
      calls: ({ calls }) => ({
        sendMessage: (socket, { control, ...message }) =>
          calls.sendMessage(socket, {
            ...message,
            control: control?.length === 24 && control[16] === 7 ? undefined : control,
          }),
      }),
    },
  },
  {
    id: 'sticky-hop-limit-taken',
    says: 'IPV6_HOPLIMIT can be set as a sticky option, as RFC 2292 had it.',
    kills: ['17.sticky-hop-limit'],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, ...rest) => {
          if (option !== 'hop-limit') calls.setOption(socket, option, ...rest);
        },
      }),
    },
  },
  {
    id: 'sticky-options-never-suppressed',
    says: 'Ancillary data of an extension header adds to the sticky options instead of replacing them.',
    kills: ['17.override-of-sticky-options'],
    seed: {
      calls: ({ calls, control: layout, options }) => {
        const sticky = new Map<number, Buffer>();
        const place = options['destination-options'];
        return {
          setOption: (socket, option, value, length) => {
            calls.setOption(socket, option, value, length);
            if (option === 'destination-options' && value !== undefined) sticky.set(socket, value);
          },
          sendMessage: (socket, { control, ...message }) => {
            const data = sticky.get(socket);
            if (data === undefined || control === undefined || 'absent' in place)
              return calls.sendMessage(socket, { ...message, control });
            const kept = encodeControl(layout, [{ level: place.level, type: place.name, data }]);
            return calls.sendMessage(socket, { ...message, control: Buffer.concat([control, kept]) });
          },
        };
      },
    },
  },
  {
    id: 'msghdr-without-flags',
    says: 'struct msghdr lost its flags and the base of its pieces.',
    kills: ['20.1.msghdr-members'],
    seed: { headers: '#define msg_flags msg_accrights' },
  },
  {
    id: 'r-commands-of-ipv4-only',
    says: 'The functions for the "r" commands know AF_INET only.',
    kills: ['14.1.binds-a-reserved-port-of-ipv6', '14.2.takes-*', '14.3.takes-*', '14.3.refuses-*'],
    seed: {
      headers:
        '#define rresvport_af(p, f) ((f) == AF_INET ? rresvport_af(p, f) : (errno = EAFNOSUPPORT, -1))\n#define rcmd_af(h, r, l, u, c, d, f) (errno = EAFNOSUPPORT, -1)\n#define rexec_af(h, r, l, u, c, d, f) (errno = EAFNOSUPPORT, -1)',
    },
  },
  {
    id: 'r-commands-of-any-family',
    says: 'The functions for the "r" commands take every family for AF_INET6, and bind any port.',
    kills: ['14.1.*', '14.2.refuses-other-families'],
    seed: {
      headers:
        '#define rresvport_af(p, f) socket(AF_INET6, SOCK_STREAM, 0)\n#define rcmd_af(h, r, l, u, c, d, f) (errno = EINVAL, -1)',
    },
  },
  {
    id: 'rcmd-af-absent',
    says: 'There is no rcmd_af.',
    kills: ['14.2.*', '15.netdb-prototypes'],
    seed: { headers: '#define rcmd_af no_rcmd_af' },
  },
  {
    id: 'inet6-functions-of-another-type',
    says: 'inet6_opt_init and inet6_rth_space are declared with other types.',
    kills: ['10.prototypes', '15.in-rth-prototypes'],
    seed: { headers: '#define inet6_opt_init inet6_opt_finish\n#define inet6_rth_space inet6_rth_segments' },
  },
  {
    id: 'summary-with-gaps',
    says: 'Each header of the summary lacks a constant and a structure.',
    kills: [
      '15.*-constants',
      '15.*-structures',
      '2.1.3.option-types',
      '2.1.3.router-alert-layout',
      '2.2.2.mtu-layout',
      '2.2.4.flags',
    ],
    seed: {
      headers:
        '#undef ICMP6_RR_FLAGS_PREVDONE_\n#define ip6_mtuinfo old_mtuinfo\n#define nd_opt_mtu old_nd_opt_mtu\n#define ip6_opt_router old_ip6_opt_router\n#undef IPV6_TCLASS\n#undef ICMP6_RR_FLAGS_SPECSITE\n#undef IP6OPT_PADN',
    },
  },
  {
    id: 'type-0-renumbered',
    says: 'IPV6_RTHDR_TYPE_0 is the mobile type.',
    kills: ['15.in-type-0'],
    seed: { headers: '#undef IPV6_RTHDR_TYPE_0\n#define IPV6_RTHDR_TYPE_0 2' },
  },
  {
    id: 'filter-macros-inverted',
    says: 'ICMP6_FILTER_WILLPASS and ICMP6_FILTER_WILLBLOCK are each other.',
    kills: ['15.icmp6-filter-macros'],
    seed: { headers: '#undef ICMP6_FILTER_WILLPASS\n#define ICMP6_FILTER_WILLPASS ICMP6_FILTER_WILLBLOCK' },
  },
  {
    id: 'rfc2292-names-kept',
    says: 'The headers still have the names that the RFC removed.',
    kills: ['17.packet-options-option', '17.not-neighbor-code'],
    seed: { headers: '#define IPV6_PKTOPTIONS 6\n#define ICMP6_DST_UNREACH_NOTNEIGHBOR 2' },
  },
  {
    id: 'headers-include-each-other',
    says: '<netinet/ip6.h> brings the names of <netinet/icmp6.h> along.',
    kills: ['2.ip6-header-includes-others'],
    seed: { headers: '#ifndef ICMP6_ECHO_REQUEST\n#define ICMP6_ECHO_REQUEST 128\n#endif' },
  },
];
