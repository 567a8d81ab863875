/** Requirements that no rule covers, each with the reason. */
export const exclusions: Readonly<Record<string, string>> = {
  // 1, 2, 5, 10, 14, 15, 17, 20, 21, 22

  // 3, 13
  '3.3-04': 'A duty of programs: not to rely on checks that a system may leave out.',
  '13-03':
    'About sockets that carry IPv4 traffic under mapped addresses, which a raw ICMPv6 socket never does.',

  // 4, 6, 16
  '4-10': 'It says that an option does not exist: there is no name to try.',
  '4.1-02': 'It leaves the results on TCP sockets undefined: no outcome would break it.',
  '6.5-11':
    'It binds a kernel only where that controls bits of the class itself, and then for its own protocols: a raw socket cannot show it.',

  // 7, 8, 9, 11, 12
  '9.2-05': 'It takes a kernel that inserts routing headers of its own, which is Mobile IPv6 (RFC 6275).',
  '9.2-08': 'Advice to programs about which option to prefer.',
  '11.3-10':
    'A remark about what an address can tell when a routing header was sent. It asks nothing of a system.',
  '12-07': 'A permission for kernels that add headers of their own, such as those of Mobile IPv6.',
  '12-08': 'What the API leaves out: it has no option that could be asked.',

  // Companions and history
  'rfc4443-2.4f-01':
    'Limiting a rate shows over time only, and the laboratory turns the limit off so that rules do not wait for each other.',
};
