import type { Defect } from '../defect';
import { libraryDefect } from './library-defect';

/** What a C library can do wrong with routing headers (RFC 3542 §7). */
export const routingFunctionDefects: readonly Defect[] = [
  libraryDefect(
    'rth-space-of-one-more',
    'inet6_rth_space counts one address too many.',
    ['7.1.space-*', '7.1.the-header-alone'],
    (library) => ({
      rthSpace: (type, segments) => {
        const space = library.rthSpace(type, segments);
        return space === 0 ? 0 : space + 16;
      },
    }),
  ),
  libraryDefect(
    'rth-space-unchecked',
    'inet6_rth_space gives space for any type and any number.',
    ['7.1.no-space-*', '7.1.supported-types'],
    () => ({
      rthSpace: (_, segments) => 8 + 16 * segments,
    }),
  ),
  libraryDefect(
    'rth-init-returns-the-addresses',
    'inet6_rth_init returns where the addresses will be.',
    ['7.2.returns-the-buffer'],
    (library) => ({
      rthInit: (...args) => (library.rthInit(...args) === undefined ? undefined : 8),
    }),
  ),
  libraryDefect(
    'rth-init-ignores-the-size',
    'inet6_rth_init does not look at the size of the buffer.',
    ['7.2.refuses-a-small-buffer', '7.2.writes-nothing-into-a-small-buffer'],
    (library) => ({
      rthInit: (header, _, type, segments) => library.rthInit(header, 4096, type, segments),
    }),
  ),
  libraryDefect(
    'rth-init-refuses-nothing',
    'inet6_rth_init returns the buffer also when it did nothing.',
    ['7.2.refuses-*'],
    (library) => ({
      rthInit: (...args) => library.rthInit(...args) ?? 0,
    }),
  ),
  libraryDefect(
    'rth-init-keeps-the-segments-left',
    'inet6_rth_init does not clear the segments left.',
    ['7.2.writes-type-*'],
    (library) => ({
      rthInit: (header, ...rest) => {
        const left = header[3] ?? 0;
        const result = library.rthInit(header, ...rest);
        if (result !== undefined) header[3] = left;
        return result;
      },
    }),
  ),
  libraryDefect(
    'rth-init-clears-the-whole-buffer',
    'inet6_rth_init clears the whole buffer, as KAME does.',
    ['7.2.larger-buffer'],
    (library) => ({
      rthInit: (header, length, type, segments) => {
        if (library.rthInit(header, length, type, segments) === undefined) return undefined;
        header.fill(0, 8 + 16 * segments, length);
        return 0;
      },
    }),
  ),
  libraryDefect(
    'rth-add-does-not-count',
    'inet6_rth_add does not update the segments left.',
    [
      '7.3.appends-*',
      '7.3.counts-*',
      '7.3.refuses-one-*',
      '7.3.one-too-*',
      '7.4.reverses-*',
      '7.4.leaves-*',
      '21.*',
    ],
    (library) => ({
      rthAdd: (header, address) => {
        const left = header[3] ?? 0;
        const result = library.rthAdd(header, address);
        header[3] = left;
        return result;
      },
    }),
  ),
  libraryDefect(
    'rth-add-overflows',
    'inet6_rth_add writes an address behind a full header.',
    ['7.3.refuses-*', '7.3.one-too-many-is-not-written'],
    (library) => ({
      rthAdd: (header, address) => {
        if (library.rthAdd(header, address) === 0) return 0;
        address.copy(header, 8 + 16 * (header[3] ?? 0));
        return 0;
      },
    }),
  ),
  libraryDefect(
    'rth-reverse-copies',
    'inet6_rth_reverse copies the header as it is.',
    ['7.4.reverses-*', '7.4.all-segments-are-left', '7.4.refuses-an-unknown-type', '21.way-back'],
    () => ({
      rthReverse: (from, into) => {
        from.copy(into);
        return 0;
      },
    }),
  ),
  libraryDefect(
    'rth-reverse-clobbers-the-source',
    'inet6_rth_reverse works in the source and copies the result.',
    ['7.4.leaves-the-source-alone'],
    (library) => ({
      rthReverse: (from, into) => {
        const result = library.rthReverse(from, into);
        into.copy(from);
        return result;
      },
    }),
  ),
  libraryDefect(
    'rth-reverse-keeps-the-segments-left',
    'inet6_rth_reverse keeps the segments left of the received header.',
    ['7.4.all-segments-are-left', '21.way-back'],
    (library) => ({
      rthReverse: (from, into) => {
        const left = from[3] ?? 0;
        const result = library.rthReverse(from, into);
        into[3] = left;
        return result;
      },
    }),
  ),
  libraryDefect(
    'rth-segments-counts-what-is-left',
    'inet6_rth_segments gives the segments left.',
    ['7.5.*'],
    () => ({
      rthSegments: (header) => header[3] ?? 0,
    }),
  ),
  libraryDefect(
    'rth-getaddr-from-one',
    'inet6_rth_getaddr counts from one.',
    ['7.6.points-*', '7.6.reaches-*', '7.6.refuses-a-bad-index'],
    (library) => ({
      rthGetAddress: (header, index) => library.rthGetAddress(header, index - 1),
    }),
  ),
  libraryDefect(
    'rth-getaddr-unchecked',
    'inet6_rth_getaddr returns a pointer for any index and any type.',
    ['7.6.refuses-*'],
    () => ({
      rthGetAddress: (_, index) => 8 + 16 * index,
    }),
  ),
];
