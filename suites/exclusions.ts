/** Requirements that no rule covers, each with the reason. */
export const exclusions: Readonly<Record<string, string>> = {
  '3.3-04': 'A duty of programs: not to rely on checks that a system may leave out.',
  '9.2-05': 'It takes a kernel that inserts routing headers of its own, which is Mobile IPv6 (RFC 6275).',
  '9.2-08': 'Advice to programs about which option to prefer.',
  '12-07': 'A permission for kernels that add headers of their own, such as those of Mobile IPv6.',
  '12-08':
    'It says that there is no access to AH and ESP: no option of that kind has a name to try, and without a security association no packet with such a header reaches a socket.',
};
