import { openLibrary } from '../../native/ffi';

type Text = (...args: (Buffer | null)[]) => string;

/**
 * The version of Wine, or undefined on a Windows of its own. Under Wine the code path is Windows', and the network stack that
 * of the system below: what is found there is never called a result of Windows.
 */
export function wineVersion(): string | undefined {
  const library = openLibrary('ntdll.dll');
  if (!library.has('wine_get_version')) return undefined;
  return (library.function('const char *wine_get_version()') as unknown as Text)();
}
