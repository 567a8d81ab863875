import fc from 'fast-check';
import { formatAddress, parseAddress } from './address';
import { checksum, icmpv6Checksum, pseudoHeader, verifies } from './checksum';

// Computed in Python after RFC 1071. The second is what Linux sent, and tshark called it good.
test.each([
  ['::1', '::1', '8000000000010001', 0x7fb9],
  ['2001:db8::a', '2001:db8::b', '80000000007700006f6464', 0x5057],
  ['fe80::1', 'ff02::1', '81820000' + '85868788898a8b8c8d8e8f90919293949596979899', 0x5608],
])('from %s to %s, %s', (source, destination, hex, value) => {
  const message = Buffer.from(hex, 'hex');
  expect(checksum(parseAddress(source), parseAddress(destination), 58, message)).toBe(value);
  message.writeUInt16BE(0xdead, 2);
  expect(icmpv6Checksum(source, destination, message)).toBe(value);
  expect(message.readUInt16BE(2)).toBe(0xdead);
});

test('a zero sum stays zero', () => {
  // Found in Python by trying every sequence number.
  const message = Buffer.from('8000000000017fba', 'hex');
  expect(icmpv6Checksum('::1', '::1', message)).toBe(0);
  expect(verifies(frame('::1', '::1', message), 0, 32, message.length)).toBe(true);
});

test('the pseudo-header counts all its bytes', () => {
  const bytes = pseudoHeader(parseAddress('2001:db8::a'), parseAddress('ff02::1'), 0x12345, 58);
  expect(bytes.toString('hex')).toBe(
    '20010db800000000000000000000000a' + 'ff020000000000000000000000000001' + '00012345' + '0000003a',
  );
});

const address = fc.uint8Array({ minLength: 16, maxLength: 16 });
const message = fc.uint8Array({ minLength: 4, maxLength: 1500 });

test('a message with its own checksum verifies, wherever it lies, and with any other it does not', () => {
  fc.assert(
    fc.property(
      address,
      address,
      message,
      fc.nat(9),
      fc.integer({ min: 1, max: 0xfffe }),
      (from, to, bytes, gap, other) => {
        const [source, destination] = [formatAddress(from), formatAddress(to)];
        const sent = Buffer.from(bytes);
        const value = icmpv6Checksum(source, destination, sent);
        sent.writeUInt16BE(value, 2);
        expect(checksum(from, to, 58, sent)).toBe(0);
        const room = Buffer.alloc(gap, 0xa5);
        const wire = Buffer.concat([room, from, to, room, sent, room]);
        expect(verifies(wire, gap, gap + 32 + gap, sent.length)).toBe(true);
        // 0xffff away is the same number in one's complement.
        wire.writeUInt16BE((value + other) & 0xffff, gap + 32 + gap + 2);
        expect(verifies(wire, gap, gap + 32 + gap, sent.length)).toBe(
          (value + other) % 0xffff === value % 0xffff,
        );
      },
    ),
  );
});

test('the largest message', () => {
  const sent = Buffer.alloc(65_535, 0xff);
  const [source, destination] = ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff::'] as const;
  sent.writeUInt16BE(icmpv6Checksum(source, destination, sent), 2);
  expect(verifies(frame(source, destination, sent), 0, 32, sent.length)).toBe(true);
});

test('a frame that ends early does not verify', () => {
  const bytes = Buffer.from('8000000000017fba', 'hex');
  const whole = frame('::1', '::1', bytes);
  for (let length = 0; length < whole.length; length++) {
    expect(verifies(whole.subarray(0, length), 0, 32, bytes.length)).toBe(false);
  }
});

function frame(source: string, destination: string, message: Buffer): Buffer {
  return Buffer.concat([parseAddress(source), parseAddress(destination), message]);
}
