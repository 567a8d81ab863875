/** Every way in which a program can hand one message to a raw ICMPv6 socket. */
export const SEND_PATHS = [
  'raw-socket',
  'sendto',
  'sendmsg',
  'sendmsg-many-pieces',
  'sendmmsg',
  'send',
  'write',
  'corked',
] as const;

export type SendPath = (typeof SEND_PATHS)[number];
