/**
 * How long a message may take that must come, in milliseconds. Nothing waits for it in vain but a rule that fails or a laboratory that breaks; a machine
 * that is emulated, or busy, may be given several times as much.
 */
export const PATIENCE = 5000 * Number(process.env['RFC3542_PATIENCE'] ?? 1);
