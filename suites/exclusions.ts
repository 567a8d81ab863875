/** Requirements that no rule covers, each with the reason. */
export const exclusions: Readonly<Record<string, string>> = {
  // 1, 2, 5, 10, 14, 15, 17, 20, 21, 22

  // 3, 13

  // 4, 6, 16

  // 7, 8, 9, 11, 12

  // Companions and history
};
