import type { AncillaryItem } from './ancillary';
import type { Destination, Socket } from './socket';

/** RFC 3542 §4.2: what a message carries is specified for every message of a socket, or with one message. */
export const WAYS = ['sticky', 'ancillary'] as const;

export type Way = (typeof WAYS)[number];

/** Sends one message with these items, specified in one of the two ways. @throws SyscallError */
export function sendWith(
  way: Way,
  items: readonly AncillaryItem[],
  socket: Socket,
  data: Buffer,
  to: Destination | undefined,
): void {
  if (way === 'ancillary') {
    socket.sendMessage(data, to, { ancillary: items });
    return;
  }
  for (const item of items) socket.setSticky(item);
  socket.sendMessage(data, to);
}
