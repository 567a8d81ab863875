import { closeSync, openSync } from 'node:fs';
import { libcFunction } from './libc';

const CLONE_NEWNET = 0x40000000;

const unshare = libcFunction('int unshare(int)');
const setns = libcFunction('int setns(int, int)');

/**
 * A network namespace without a name: it ends with the last descriptor and socket that refers to it, however the process
 * ends. A socket belongs to the namespace that the calling thread was in when it was opened (network_namespaces(7)).
 */
export class NetworkNamespace {
  private constructor(readonly descriptor: number) {}

  /** The namespace that the calling thread is in. */
  static current(): NetworkNamespace {
    return new NetworkNamespace(openSync('/proc/thread-self/ns/net', 'r'));
  }

  /** A new namespace; the calling thread stays where it was. @throws SyscallError EPERM without privilege */
  static create(): NetworkNamespace {
    const before = NetworkNamespace.current();
    unshare('make a network namespace', CLONE_NEWNET);
    const created = NetworkNamespace.current();
    setns('return to the network namespace', before.descriptor, CLONE_NEWNET);
    before.close();
    return created;
  }

  /** Runs `action` with the calling thread in this namespace. Child processes that it starts are there too. */
  run<T>(action: () => T): T {
    const before = NetworkNamespace.current();
    setns('enter a network namespace', this.descriptor, CLONE_NEWNET);
    try {
      return action();
    } finally {
      setns('return to the network namespace', before.descriptor, CLONE_NEWNET);
      before.close();
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
