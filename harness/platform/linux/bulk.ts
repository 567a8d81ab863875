import { addressOf } from '../../native/ffi';
import type { BulkSender } from '../../lab/ground';
import {
  encodeSocketAddress,
  IOVEC_BYTES,
  MMSGHDR_BYTES,
  write64,
  writeMessageHeader,
  writeVector,
} from './layouts';
import { nonBlockingFunction } from './libc';
import { systemCalls } from './system-calls';

const CAPACITY = 64;
const SLOT_BYTES = 65_536;
const IPPROTO_ICMPV6 = 58;

const sendmmsg = nonBlockingFunction('int sendmmsg(int, void *, unsigned int, int)');

/** Raw ICMPv6 messages to one destination, sent by sendmmsg(2) from memory that is laid out once. */
export function openBulkSender(destination: string): BulkSender {
  const socket = systemCalls.socket({ family: 'inet6', type: 'raw', protocol: IPPROTO_ICMPV6 });
  const name = encodeSocketAddress({ address: destination });
  const slots = Array.from({ length: CAPACITY }, () => Buffer.alloc(SLOT_BYTES));
  const lengths = new Array<number>(CAPACITY).fill(0);
  const vectors = Buffer.alloc(CAPACITY * IOVEC_BYTES);
  const headers = Buffer.alloc(CAPACITY * MMSGHDR_BYTES);
  slots.forEach((slot, index) => {
    writeVector(vectors, addressOf(slot), 0, index * IOVEC_BYTES);
    writeMessageHeader(
      headers,
      {
        name: addressOf(name),
        nameLength: name.length,
        vectors: addressOf(vectors) + BigInt(index * IOVEC_BYTES),
        vectorCount: 1,
        control: 0n,
        controlLength: 0,
      },
      index * MMSGHDR_BYTES,
    );
  });
  return {
    capacity: CAPACITY,
    slot: (slot) => {
      const bytes = slots[slot];
      if (bytes === undefined) throw new RangeError(`There is no slot ${String(slot)}`);
      return bytes;
    },
    setLength: (slot, length) => {
      if (lengths[slot] === length) return;
      lengths[slot] = length;
      write64(vectors, BigInt(length), slot * IOVEC_BYTES + 8);
    },
    flush: (count) => sendmmsg(`send ${String(count)} messages`, socket, headers, count, 0) ?? 0,
    close: () => {
      systemCalls.close(socket);
      name.fill(0);
    },
  };
}
