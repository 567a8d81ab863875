import type { Verdict } from '../../report';
import { markup, type Markup } from './markup';

/** How a verdict is shown: no colour stands alone, so that nobody has to see it. */
interface Look {
  /** For classes of the style sheet, which has the colour and the sign. */
  readonly name: string;
  readonly means: string;
}

export const LOOKS: Readonly<Record<Verdict, Look>> = {
  broken: { name: 'broken', means: 'the laboratory failed' },
  fail: { name: 'fail', means: 'the host did not do what the RFC says' },
  fixed: { name: 'fixed', means: 'it did, though a deviation still says otherwise' },
  'not run': { name: 'not-run', means: 'the run ended first' },
  untested: { name: 'untested', means: 'a need is missing' },
  known: { name: 'known', means: 'it did not, as a listed deviation says' },
  observed: { name: 'observed', means: 'the RFC leaves it open' },
  pass: { name: 'pass', means: 'the host did what the RFC says' },
};

export function badge(verdict: Verdict): Markup {
  return markup`<span class="badge v-${LOOKS[verdict].name}">${verdict}</span>`;
}
