import type { Excerpt } from '../lab/evidence';

/** Bytes that decided: what crossed, what should have, and the fields that matter, from the first byte of the IPv6 header. */
export interface Exhibit {
  readonly title: string;
  readonly actual: Buffer;
  readonly expected?: Buffer;
  readonly marks: readonly { readonly field: string; readonly offset: number; readonly length: number }[];
}

/** What a rule came to, before anything is known of deviations. */
export type Finding =
  | { readonly kind: 'pass' }
  | { readonly kind: 'observed'; readonly observed: string }
  | {
      readonly kind: 'fail';
      readonly expected: string;
      readonly observed: string;
      readonly exhibits: readonly Exhibit[];
    }
  | { readonly kind: 'untested'; readonly reason: string }
  /** `suite`: the fault is in the suite's own code, not in the laboratory. */
  | { readonly kind: 'broken'; readonly reason: string; readonly suite: boolean };

export interface Outcome {
  readonly finding: Finding;
  /** Milliseconds. */
  readonly duration: number;
  readonly packets: Excerpt;
  readonly figures: Readonly<Record<string, number>>;
}
