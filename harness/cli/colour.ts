import { isatty } from 'node:tty';
import { createColors } from 'picocolors';

const STDOUT = 1;

/** Colour is for people at a terminal who did not ask to be spared it (no-color.org); what is piped is plain, on CI too. */
export const colour = createColors(isatty(STDOUT) && (process.env['NO_COLOR'] ?? '') === '');
