/** What a user can mend before anything boots: one sentence. The build is not tested; the others are. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
