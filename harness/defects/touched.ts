import type { Software } from '../lab/ground';
import type { Defect } from './defect';

/** What a rule used of the host's software: names of system calls, of functions, and of headers. */
export interface Touched {
  readonly calls: Set<string>;
  readonly library: Set<string>;
  readonly headers: Set<string>;
}

export function nothingTouched(): Touched {
  return { calls: new Set(), library: new Set(), headers: new Set() };
}

/** Software that notes what is used of it in what `touched` returns. */
export function watched({ system, library, headers }: Software, touched: () => Touched): Software {
  return {
    system: { ...system, calls: noting(system.calls, (name) => touched().calls.add(name)) },
    library: noting(library, (name) => touched().library.add(name)),
    headers: {
      answer: (question) => {
        touched().headers.add(question.header);
        return headers.answer(question);
      },
    },
  };
}

function noting<T extends object>(functions: T, note: (name: string) => void): T {
  return new Proxy(functions, {
    get: (target, name) => {
      note(String(name));
      return target[name as keyof T];
    },
  });
}

/**
 * Whether a rule can meet the defect: one that uses none of the calls or functions that are bent does on this host what it does
 * on any. What is done to the kernel can reach every rule but those that ask only the headers or the C library.
 */
export function meets(
  { seed }: Defect,
  { system, library }: Pick<Software, 'system' | 'library'>,
  touched: Touched,
): boolean {
  if ('headers' in seed) return Object.keys(seed.headers).some((name) => touched.headers.has(name));
  if ('library' in seed) return Object.keys(seed.library(library)).some((name) => touched.library.has(name));
  if ('calls' in seed) return Object.keys(seed.calls(system)).some((name) => touched.calls.has(name));
  return touched.calls.size > 0 || (touched.headers.size === 0 && touched.library.size === 0);
}
