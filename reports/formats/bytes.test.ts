import { fieldOf, hexdump, linesOf, marksWithin } from './bytes';

const bytes = (length: number): string =>
  Buffer.from(Array.from({ length }, (_, at) => at & 0xff)).toString('hex');

test('marked bytes stand in brackets, each field in its own', () => {
  const marks = [
    { field: 'type', offset: 0, length: 1 },
    { field: 'checksum', offset: 2, length: 2 },
    { field: 'body', offset: 4, length: 1 },
  ];
  expect(hexdump('800001020304', marks)).toEqual(['0000  [80] 00 [01 02] [03] 04']);
});

test('a mark across two lines is closed and opened again', () => {
  expect(hexdump(bytes(18), [{ field: 'f', offset: 15, length: 2 }])).toEqual([
    '0000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e [0f]',
    '0010  [10] 11',
  ]);
});

test('of a huge packet the first line, the last and the neighbourhood of marks are shown', () => {
  const lines = hexdump(bytes(65_536), [{ field: 'f', offset: 160, length: 2 }]);
  expect(lines.map((line) => line.trim().split(' ')[0])).toEqual([
    '0000',
    '…',
    '0090',
    '00a0',
    '00b0',
    '…',
    'fff0',
  ]);
  expect(lines[1]).toContain('… 128 bytes');
});

test('a field as long as a payload is shown where it begins', () => {
  expect(linesOf(bytes(65_536), [{ field: 'body', offset: 48, length: 65_488 }])).toHaveLength(7);
});

test('differences are shown and marked, and bounded where nothing is the same', () => {
  const [line] = linesOf('00ff', [], '0000');
  expect(line).toMatchObject({ cells: [{ differs: false }, { differs: true }] });
  expect(linesOf('00'.repeat(65_536), [], 'ff'.repeat(65_536)).length).toBeLessThan(16);
});

test('the narrowest of the marks that hold a byte names it', () => {
  const [line] = linesOf('0001', [
    { field: 'header', offset: 0, length: 2 },
    { field: 'checksum', offset: 1, length: 1 },
  ]);
  expect(line).toMatchObject({ cells: [{ field: 'header' }, { field: 'checksum' }] });
});

test('no bytes, and marks beyond them', () => {
  expect(hexdump('', [{ field: 'f', offset: 9, length: 9 }])).toEqual([]);
  expect(fieldOf('0011', { field: 'f', offset: 1, length: 5 })).toBe('11');
  expect(marksWithin({ title: '', actual: '0011', marks: [{ field: 'f', offset: 2, length: 1 }] })).toEqual(
    [],
  );
});

test('offsets stand in one column, also in the longest packets', () => {
  expect(hexdump(bytes(65_552), []).map((line) => line.split('  ')[0])).toEqual(['00000', '', '10000']);
});
