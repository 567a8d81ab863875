import type { Verdict } from '../../report';
import { markup, type Markup } from './markup';

/** How a verdict is shown: no colour stands alone, so that nobody has to see it. */
interface Look {
  /** For classes of the style sheet. */
  readonly name: string;
  /** One character for cells and badges. */
  readonly glyph: string;
  readonly means: string;
}

export const LOOKS: Readonly<Record<Verdict, Look>> = {
  broken: { name: 'broken', glyph: '!', means: 'the laboratory failed' },
  fail: { name: 'fail', glyph: '✕', means: 'the host did not do what the RFC says' },
  fixed: { name: 'fixed', glyph: '+', means: 'it did, though a deviation still says otherwise' },
  'not run': { name: 'not-run', glyph: '·', means: 'the run ended first' },
  untested: { name: 'untested', glyph: '–', means: 'a need is missing' },
  known: { name: 'known', glyph: '~', means: 'it did not, as a listed deviation says' },
  observed: { name: 'observed', glyph: '○', means: 'the RFC leaves it open' },
  pass: { name: 'pass', glyph: '✓', means: 'the host did what the RFC says' },
};

export function badge(verdict: Verdict): Markup {
  const { name, glyph } = LOOKS[verdict];
  return markup`<span class="badge v-${name}"><span aria-hidden="true">${glyph}</span> ${verdict}</span>`;
}
