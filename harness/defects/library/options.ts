import type { Defect } from '../defect';
import { libraryDefect } from './library-defect';

/** A value is put, or found, at an offset that is a multiple of its length. */
const aligned = (offset: number, length: number): number => offset - (offset % Math.max(length, 1));

/** What a C library can do wrong with options (RFC 3542 §10). */
export const optionFunctionDefects: readonly Defect[] = [
  libraryDefect(
    'opt-init-without-the-length',
    'inet6_opt_init leaves the length of the header at 0.',
    ['10.1.writes-the-length', '22.header-of-two-options'],
    (library) => ({
      optInit: (header, length) => {
        const result = library.optInit(header, length);
        if (result !== -1) header?.writeUInt8(0, 1);
        return result;
      },
    }),
  ),
  libraryDefect(
    'opt-init-takes-any-length',
    'inet6_opt_init takes buffers of any length.',
    ['10.1.refuses-*'],
    (library) => ({
      optInit: (header, length) =>
        library.optInit(header, length) === -1 ? 2 : library.optInit(header, length),
    }),
  ),
  libraryDefect(
    'opt-init-needs-a-buffer',
    'inet6_opt_init without a buffer returns -1.',
    ['10.sizes-*', '10.1.size-*'],
    (library) => ({
      optInit: (header, length) => (header === null ? -1 : library.optInit(header, length)),
    }),
  ),
  libraryDefect(
    'opt-append-unchecked',
    'inet6_opt_append appends whatever it is asked for.',
    ['10.2.refuses-*', '10.2.no-data'],
    (library) => ({
      optAppend: (header, length, offset, option) => {
        const result = library.optAppend(header, length, offset, option);
        return result.offset === -1 ? { offset: offset + 2 + option.length, data: offset + 2 } : result;
      },
    }),
  ),
  libraryDefect(
    'opt-append-without-the-type',
    'inet6_opt_append does not write the type.',
    ['10.2.writes-type-*', '10.2.takes-every-other-type', '22.*'],
    (library) => ({
      optAppend: (header, length, offset, option) => {
        const result = library.optAppend(header, length, offset, option);
        if (header !== null && result.data !== undefined) header.writeUInt8(0, result.data - 2);
        return result;
      },
    }),
  ),
  libraryDefect(
    'opt-append-total-without-the-header',
    'inet6_opt_append forgets the two bytes of the option in its total.',
    ['10.sizes-*', '10.2.returns-the-end-*', '10.2.refuses-what-*', '10.2.aligns-the-end-*', '22.*'],
    (library) => ({
      optAppend: (header, length, offset, option) => {
        const result = library.optAppend(header, length, offset, option);
        return result.offset === -1 ? result : { ...result, offset: result.offset - 2 };
      },
    }),
  ),
  libraryDefect(
    'opt-append-ignores-the-alignment',
    'inet6_opt_append never pads.',
    ['10.2.aligns-*', '22.header-of-two-options'],
    (library) => ({
      optAppend: (header, length, offset, option) => {
        const result = library.optAppend(header, length, offset, option);
        return result.offset === -1
          ? result
          : library.optAppend(header, length, offset, { ...option, align: 1 });
      },
    }),
  ),
  libraryDefect(
    'opt-append-leaves-a-gap',
    'inet6_opt_append does not write the padding that it counts.',
    ['10.2.pads-before-the-option', '22.*'],
    (library) => ({
      optAppend: (header, length, offset, option) => {
        const result = library.optAppend(header, length, offset, option);
        if (result.data !== undefined) header?.fill(0xa5, offset, result.data - 2);
        return result;
      },
    }),
  ),
  libraryDefect(
    'opt-finish-rounds-to-4',
    'inet6_opt_finish pads to a multiple of 4.',
    ['10.3.rounds-*', '10.3.writes-*'],
    (library) => ({
      optFinish: (header, length, offset) => {
        const total = library.optFinish(header, length, offset);
        return total === -1 ? -1 : Math.ceil(offset / 4) * 4;
      },
    }),
  ),
  libraryDefect(
    'opt-finish-leaves-a-gap',
    'inet6_opt_finish does not write the padding that it counts.',
    ['10.3.writes-the-final-padding'],
    (library) => ({
      optFinish: (header, length, offset) =>
        library.optFinish(header === null ? null : Buffer.from(header), length, offset),
    }),
  ),
  libraryDefect(
    'opt-finish-clears-to-the-end',
    'inet6_opt_finish clears the buffer to its end.',
    ['10.3.writes-nothing-behind-the-header'],
    (library) => ({
      optFinish: (header, length, offset) => {
        const total = library.optFinish(header, length, offset);
        if (total !== -1) header?.fill(0, total, length);
        return total;
      },
    }),
  ),
  libraryDefect(
    'opt-finish-unchecked',
    'inet6_opt_finish does not look whether the padding fits.',
    ['10.3.refuses-*'],
    (library) => ({
      optFinish: (header, length, offset) => {
        const total = library.optFinish(header, length, offset);
        return total === -1 ? Math.ceil(offset / 8) * 8 : total;
      },
    }),
  ),
  libraryDefect(
    'opt-values-aligned',
    'inet6_opt_set_val and inet6_opt_get_val move a value to its own alignment.',
    ['10.4.copies-*', '10.7.copies-*', '22.*'],
    (library) => ({
      optSetValue: (header, at, offset, value) => {
        library.optSetValue(header, at, aligned(offset, value.length), value);
        return offset + value.length;
      },
      optGetValue: (header, at, offset, value) => {
        library.optGetValue(header, at, aligned(offset, value.length), value);
        return offset + value.length;
      },
    }),
  ),
  libraryDefect(
    'opt-values-return-the-length',
    'inet6_opt_set_val and inet6_opt_get_val return the length of the value alone.',
    ['10.4.returns-*', '10.7.returns-*', '22.*'],
    (library) => ({
      optSetValue: (header, at, offset, value) => library.optSetValue(header, at, offset, value) - offset,
      optGetValue: (header, at, offset, value) => library.optGetValue(header, at, offset, value) - offset,
    }),
  ),
  libraryDefect(
    'opt-next-returns-padding',
    'inet6_opt_next returns PadN options like any other.',
    ['10.5.never-*', '10.5.ends-*', '10.5.refuses-an-option-*', '22.parsed-again'],
    (library) => ({
      optNext: (header, length, offset) => {
        const at = offset === 0 ? 2 : offset;
        if (header[at] !== 1 || at + 2 > length) return library.optNext(header, length, offset);
        const size = header[at + 1] ?? 0;
        return { offset: at + 2 + size, type: 1, length: size, data: at + 2 };
      },
    }),
  ),
  libraryDefect(
    'opt-next-trusts-lengths',
    'inet6_opt_next and inet6_opt_find follow a length beyond the end of the header.',
    ['10.5.ends-in-*', '10.5.refuses-*', '10.6.refuses-*'],
    (library) => ({
      optNext: (header, length, offset) => {
        const result = library.optNext(header, length, offset);
        return result.offset === -1 && offset === 0 ? { ...result, offset: length + 1 } : result;
      },
      optFind: (header, length, offset, type) => {
        const result = library.optFind(header, length, offset, type);
        return result.offset === -1 && length === 8 ? { ...result, offset: length + 1 } : result;
      },
    }),
  ),
  libraryDefect(
    'opt-next-does-not-end',
    'inet6_opt_next and inet6_opt_find begin again at the end.',
    ['10.5.ends-with-minus-1', '10.6.ends-with-minus-1'],
    (library) => ({
      optNext: (header, length, offset) => library.optNext(header, length, offset >= length ? 0 : offset),
      optFind: (header, length, offset, type) =>
        library.optFind(header, length, offset === 16 ? 0 : offset, type),
    }),
  ),
  libraryDefect(
    'opt-next-points-at-the-type',
    'inet6_opt_next and inet6_opt_find point at the option instead of its data.',
    ['10.5.returns-each-option', '10.6.finds-*', '22.parsed-again'],
    (library) => ({
      optNext: (...args) => {
        const result = library.optNext(...args);
        return { ...result, data: result.data === undefined ? undefined : result.data - 2 };
      },
      optFind: (...args) => {
        const result = library.optFind(...args);
        return { ...result, data: result.data === undefined ? undefined : result.data - 2 };
      },
    }),
  ),
];
