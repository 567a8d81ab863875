import { createColors } from 'picocolors';

/** Colour is for people at a terminal who did not ask to be spared it (no-color.org); what is piped is plain, on CI too. */
const wanted = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';

export const colour = createColors(wanted);
