/** Rules that no defect can turn red, each with the reason. */
export const exceptions: Readonly<Record<string, string>> = {};
