import { hexdump, layout } from './explain';
import { echo } from './icmpv6';
import { decodePacket, encodePacket } from './packet';

const fields = { source: '2001:db8::a', destination: '2001:db8::b' };
const request = encodePacket({ ...fields, icmpv6: { type: 128, checksum: 0, body: echo(1, 1) } });

describe('layout', () => {
  test('of an echo request; the offsets are those of RFC 8200 §3 and RFC 4443 §2.1', () => {
    expect(layout(decodePacket(request)).map(({ field, offset, length }) => [field, offset, length])).toEqual(
      [
        ['traffic class', 0, 2],
        ['flow label', 1, 3],
        ['payload length', 4, 2],
        ['next header', 6, 1],
        ['hop limit', 7, 1],
        ['source', 8, 16],
        ['destination', 24, 16],
        ['type', 40, 1],
        ['code', 41, 1],
        ['checksum', 42, 2],
        ['body', 44, 4],
      ],
    );
  });

  test('of extension headers and other payloads', () => {
    const bytes = encodePacket({
      ...fields,
      extensions: [
        { kind: 'hop-by-hop' },
        { kind: 'destination' },
        { kind: 'routing', type: 2, addresses: ['::1'] },
        { kind: 'fragment' },
      ],
      protocol: 17,
      payload: Buffer.alloc(8),
    });
    expect(layout(decodePacket(bytes)).slice(7)).toEqual([
      { field: 'hop-by-hop options header', offset: 40, length: 8 },
      { field: 'destination options header', offset: 48, length: 8 },
      { field: 'routing header', offset: 56, length: 24 },
      { field: 'fragment header', offset: 80, length: 8 },
      { field: 'payload', offset: 88, length: 8 },
    ]);
  });

  test('has nothing to say about nothing', () => {
    expect(layout(decodePacket(encodePacket(fields))).at(-1)?.field).toBe('destination');
    expect(layout(decodePacket(encodePacket({ ...fields, icmpv6: { type: 1 } }))).at(-1)?.field).toBe(
      'checksum',
    );
  });
});

describe('hexdump', () => {
  test('brackets what is marked', () => {
    expect(hexdump(request, [{ offset: 42, length: 2 }])).toEqual([
      '60 00 00 00 00 08 3a 40 20 01 0d b8 00 00 00 00',
      '00 00 00 00 00 00 00 0a 20 01 0d b8 00 00 00 00',
      '00 00 00 00 00 00 00 0b 80 00 [00 00] 00 01 00 01',
    ]);
  });

  test('a mark across lines has brackets on each, marks that touch are one', () => {
    const marks = [
      { offset: 14, length: 3 },
      { offset: 17, length: 1 },
      { offset: 19, length: 0 },
    ];
    expect(hexdump(Buffer.alloc(20), marks)).toEqual([
      '00 00 00 00 00 00 00 00 00 00 00 00 00 00 [00 00]',
      '[00 00] 00 00',
    ]);
  });

  test('elides what is far from any mark', () => {
    const line = '00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00';
    const marked = '00 00 [00] 00 00 00 00 00 00 00 00 00 00 00 00 00';
    const dump = hexdump(Buffer.alloc(16 * 20 + 1), [{ offset: 16 * 5 + 2, length: 1 }]);
    expect(dump).toEqual([line, '…', line, marked, line, '…', '00']);
    expect(hexdump(Buffer.alloc(16 * 3), [])).toEqual([line, line, line]);
    expect(hexdump(Buffer.alloc(16 * 4), [])).toEqual([line, '…', line]);
  });

  test('nothing', () => {
    expect(hexdump(Buffer.alloc(0), [])).toEqual([]);
  });

  test('a mark beyond the end marks what there is', () => {
    expect(hexdump(Buffer.from([1, 2]), [{ offset: 1, length: 9 }])).toEqual(['01 [02]']);
  });
});
