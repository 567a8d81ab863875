import fc from 'fast-check';
import { controlLength, controlSpace, decodeControl, encodeControl, int } from './control';
import type { ControlLayout } from './system-calls';

const LINUX: ControlLayout = { header: 16, lengthField: 8, alignment: 8 };
const MACOS: ControlLayout = { header: 12, lengthField: 4, alignment: 4 };

// A C program's buffer with an int of 77 (level 41, type 52) and an in6_pktinfo (type 50), made with the CMSG_* macros.
const CONTROL =
  '140000000000000029000000340000004d00000000000000240000000000000029000000320000' +
  '00fd0035420000000000000000000000110300000000000000';
const PKTINFO = 'fd00354200000000000000000000001103000000';

const objects = [
  { level: 41, type: 52, data: int(77) },
  { level: 41, type: 50, data: Buffer.from(PKTINFO, 'hex') },
];

test('CMSG_LEN and CMSG_SPACE are those of the C macros', () => {
  const printed = '0:16/16 1:17/24 4:20/24 8:24/24 9:25/32 16:32/32 17:33/40 20:36/40';
  for (const entry of printed.split(' ')) {
    const [data, length, space] = entry.split(/[:/]/).map(Number) as [number, number, number];
    expect([controlLength(LINUX, data), controlSpace(LINUX, data)]).toEqual([length, space]);
  }
});

test('objects are encoded as the C macros lay them out', () => {
  expect(encodeControl(LINUX, objects).toString('hex')).toBe(CONTROL);
});

test('objects are decoded', () => {
  expect(decodeControl(LINUX, Buffer.from(CONTROL, 'hex'))).toEqual(objects);
});

test('a length that is given is sent as it is, even when wrong', () => {
  const bytes = encodeControl(LINUX, [{ level: 41, type: 52, data: int(77), length: 24 }]);
  expect(bytes.readBigUInt64LE(0)).toBe(24n);
});

test('an object that was cut off keeps what is there', () => {
  const control = Buffer.from(CONTROL, 'hex').subarray(0, 24 + 16 + 6);
  expect(decodeControl(LINUX, control)[1]?.data.toString('hex')).toBe(PKTINFO.slice(0, 12));
});

test('a header that does not fit, or a length below its own size, ends the buffer', () => {
  const control = Buffer.from(CONTROL, 'hex');
  expect(decodeControl(LINUX, control.subarray(0, 24 + 15))).toHaveLength(1);
  control.writeBigUInt64LE(15n, 24);
  expect(decodeControl(LINUX, control)).toHaveLength(1);
});

test('what is encoded is decoded, in any layout', () => {
  const object = fc.record({
    level: fc.integer({ min: 0, max: 300 }),
    type: fc.integer({ min: 0, max: 300 }),
    data: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(fc.array(object, { maxLength: 5 }), fc.constantFrom(LINUX, MACOS), (list, layout) => {
      expect(decodeControl(layout, encodeControl(layout, list))).toEqual(list);
    }),
  );
});

test('no bytes make decoding throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(LINUX, MACOS), (bytes, layout) => {
      decodeControl(layout, Buffer.from(bytes));
    }),
  );
});
