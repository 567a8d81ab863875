/** Requirements that no rule covers, each with the reason. */
export const exclusions: Readonly<Record<string, string>> = {
  // 1, 2, 5, 10, 14, 15, 17, 20, 21, 22

  // 3, 13
  '3.3-04': 'A duty of programs: not to rely on checks that a system may leave out.',
  '13-03':
    'About sockets that carry IPv4 traffic under mapped addresses, which a raw ICMPv6 socket never does.',
  '3.2-03':
    'The number of the option is a matter of each system; the table of options of its platform holds it.',
  '3.2-04': 'A C header and its macros, which a suite that calls the kernel does not compile.',
  '3.2-12': 'Which arguments the C macros may write to, which only a C compiler sees.',
  '3.2-23':
    'A duty of programs: not to look into the bits of a filter. The polarity of each system is in its platform.',
  '3.2-24': 'How often a C macro evaluates its argument, and which header it needs.',

  // 4, 6, 16

  // 7, 8, 9, 11, 12

  // Companions and history
  'rfc4443-2.4f-01':
    'Limiting a rate shows over time only, and the laboratory turns the limit off so that rules do not wait for each other.',
};
