import { createColors } from 'picocolors';

/** Colour is for people at a terminal who did not ask to be spared it (no-color.org); what is piped is plain, on CI too. */
// A stream that is no terminal has no such member at all, and the package takes its absence for a question.
const wanted = Boolean(process.stdout.isTTY) && (process.env['NO_COLOR'] ?? '') === '';

export const colour = createColors(wanted);
