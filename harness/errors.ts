/** A system call that failed. Rules assert on `code`, such as `EINVAL`; `errno` is the system's own number. */
export class SyscallError extends Error {
  override readonly name = 'SyscallError';

  constructor(
    readonly call: string,
    readonly code: string,
    readonly errno: number,
    what: string,
    meaning: string,
  ) {
    super(`Cannot ${what}: ${code} (${meaning})`);
  }
}

/** Bytes that are too short for what they should hold: which header, and the offset where it begins. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';

  constructor(
    readonly header: string,
    readonly offset: number,
    needed: number,
    available: number,
  ) {
    super(
      `Cannot decode ${header} at offset ${String(offset)}: it needs ${String(needed)} bytes, there are ${String(available)}`,
    );
  }
}

/** The laboratory could not do its part. Never blamed on the host under test. */
export class LabError extends Error {
  override readonly name = 'LabError';
}

/** What a rule asks for cannot be seen in this laboratory, though in another it can. Why, and what helps. */
export class Unobservable extends Error {
  override readonly name = 'Unobservable';
}

/** The host under test did not do what a rule demands. What was expected and what was observed, in words. */
export class Violation extends Error {
  override readonly name = 'Violation';

  constructor(
    readonly expected: string,
    readonly observed: string,
  ) {
    super(`Expected ${expected}, observed ${observed}`);
  }
}

/** The words of whatever was thrown. Jest's test files have an `Error` of their own, so the class does not tell. */
export function wordsOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown
    ? String(thrown.message)
    : String(thrown);
}
