/** C text that gives macros other values. */
export function redefined(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `#undef ${/^\w+/.exec(name)?.[0] ?? name}\n#define ${name} ${String(value)}`)
    .join('\n');
}

/** C text that takes names away. */
export function removed(...names: readonly string[]): string {
  return names.map((name) => `#undef ${name}`).join('\n');
}
