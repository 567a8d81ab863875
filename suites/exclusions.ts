/** Requirements that no rule covers, each with the reason. */
export const exclusions: Readonly<Record<string, string>> = {};
