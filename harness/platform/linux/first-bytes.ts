import { addressOf } from '../../native/ffi';
import { IOVEC_BYTES, MMSGHDR_BYTES, messageFlags, writeMessageHeader, writeVector } from './layouts';
import { nonBlockingFunction } from './libc';

const MESSAGES = 256;

const recvmmsg = nonBlockingFunction('int recvmmsg(int, void *, unsigned int, int, void *)');

const bytes = Buffer.allocUnsafeSlow(MESSAGES);
// Exported, because only addresses point here: nothing else keeps it from being collected.
export const vectors = Buffer.allocUnsafeSlow(MESSAGES * IOVEC_BYTES);
const headers = Buffer.alloc(MESSAGES * MMSGHDR_BYTES);
for (let message = 0; message < MESSAGES; message += 1) {
  writeVector(vectors, addressOf(bytes) + BigInt(message), 1, message * IOVEC_BYTES);
  writeMessageHeader(
    headers,
    {
      name: 0n,
      nameLength: 0,
      vectors: addressOf(vectors) + BigInt(message * IOVEC_BYTES),
      vectorCount: 1,
      control: 0n,
      controlLength: 0,
    },
    message * MMSGHDR_BYTES,
  );
}

/** Takes at most 256 messages off the queue with one recvmmsg(2), and returns the first byte of each, oldest first. */
export function receiveFirstBytes(socket: number): Buffer {
  bytes.fill(0);
  const count = recvmmsg('receive', socket, headers, MESSAGES, messageFlags(['dont-wait']), null) ?? 0;
  return Buffer.from(bytes.subarray(0, count));
}
