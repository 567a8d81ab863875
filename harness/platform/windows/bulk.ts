import { SyscallError } from '../../errors';
import type { BulkSender } from '../../lab/ground';
import { systemCalls } from './system-calls';

const CAPACITY = 64;
const SLOT_BYTES = 65_536;

/** Raw ICMPv6 messages to one destination. Winsock has no call for many, so each is sent by one of its own. */
export function openBulkSender(destination: string): BulkSender {
  const socket = systemCalls.socket({ family: 'inet6', type: 'raw', protocol: 58 });
  const slots = Array.from({ length: CAPACITY }, () => Buffer.alloc(SLOT_BYTES));
  const messages: Buffer[] = slots.map((slot) => slot.subarray(0, 0));
  const slotOf = (index: number): Buffer => {
    const slot = slots[index];
    if (slot === undefined) throw new RangeError(`There is no slot ${String(index)}`);
    return slot;
  };
  return {
    capacity: CAPACITY,
    slot: slotOf,
    setLength: (slot, length) => {
      if (messages[slot]?.length !== length) messages[slot] = slotOf(slot).subarray(0, length);
    },
    flush: (count) => {
      let sent = 0;
      try {
        for (const message of messages.slice(0, count)) {
          systemCalls.sendTo(socket, message, { address: destination }, []);
          sent += 1;
        }
      } catch (error) {
        if (!(error instanceof SyscallError) || error.code !== 'EAGAIN') throw error;
      }
      return sent;
    },
    close: () => {
      systemCalls.close(socket);
    },
  };
}
