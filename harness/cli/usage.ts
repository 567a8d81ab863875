/** A mistake of the user: what was wrong and what would be right, in one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
