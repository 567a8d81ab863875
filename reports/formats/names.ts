export const FORMAT_NAMES = ['html', 'junit', 'ktap', 'markdown', 'annotations', 'ctrf', 'kcidb'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** What is written beside the record when nothing else is asked for. */
export const DEFAULT_FORMATS: readonly FormatName[] = ['html', 'junit', 'markdown'];

export function isFormatName(name: string): name is FormatName {
  return (FORMAT_NAMES as readonly string[]).includes(name);
}
