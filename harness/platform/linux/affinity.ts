import { libcFunction } from './libc';

const MASK_BYTES = 128;

const getcpu = libcFunction('int sched_getcpu()');
const getaffinity = libcFunction('int sched_getaffinity(int, size_t, void *)');
const setaffinity = libcFunction('int sched_setaffinity(int, size_t, void *)');

/**
 * Keeps the calling thread on the processor that it runs on, and returns what lets it go again. Packets of a veth pair wait
 * in a queue of the sending processor: a thread that moves between two sends could see them cross in another order.
 */
export function stayOnProcessor(): () => void {
  const before = Buffer.alloc(MASK_BYTES);
  getaffinity('read the processors of a thread', 0, MASK_BYTES, before);
  const processor = getcpu('ask for the processor');
  const one = Buffer.alloc(MASK_BYTES);
  one.writeUInt8(1 << (processor & 7), processor >> 3);
  setaffinity('stay on a processor', 0, MASK_BYTES, one);
  return () => {
    setaffinity('leave a processor', 0, MASK_BYTES, before);
  };
}

/** Runs `action`, and the processes that it starts, on any processor, wherever the thread was kept before. */
export function onAnyProcessor<T>(action: () => T): T {
  const before = Buffer.alloc(MASK_BYTES);
  getaffinity('read the processors of a thread', 0, MASK_BYTES, before);
  setaffinity('use any processor', 0, MASK_BYTES, Buffer.alloc(MASK_BYTES, 0xff));
  try {
    return action();
  } finally {
    setaffinity('go back to a processor', 0, MASK_BYTES, before);
  }
}
