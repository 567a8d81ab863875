import fc from 'fast-check';
import { DecodeError } from '../errors';
import {
  decodeIcmpv6,
  echo,
  encodeIcmpv6,
  errorBody,
  ICMPV6,
  packetTooBig,
  parameterProblem,
} from './icmpv6';

const hex = (text: string) => Buffer.from(text, 'hex');
const HOST = '2001:db8::a';
const PEER = '2001:db8::b';

test('an echo request that Linux sent; tshark reads id=0x0077, seq=0, a good checksum', () => {
  const bytes = hex('80005057007700006f6464');
  const body = echo(0x77, 0, Buffer.from('odd'));
  expect(decodeIcmpv6(bytes)).toEqual({ type: ICMPV6.echoRequest, code: 0, checksum: 0x5057, body });
  expect(encodeIcmpv6({ type: ICMPV6.echoRequest, body }, HOST, PEER)).toEqual(bytes);
});

test('a Port Unreachable that Linux sent', () => {
  const offender = hex(
    '6007b3920009114020010db800000000000000000000000a20010db800000000000000000000000b' + '82c8000900095ba178',
  );
  const bytes = Buffer.concat([hex('0104cc1a00000000'), offender]);
  const fields = { type: ICMPV6.destinationUnreachable, code: 4, body: errorBody(offender) };
  expect(encodeIcmpv6(fields, PEER, HOST)).toEqual(bytes);
  expect(decodeIcmpv6(bytes)).toEqual({ ...fields, checksum: 0xcc1a });
});

test('a given checksum is sent as it is', () => {
  const bytes = encodeIcmpv6({ type: 200, code: 7, checksum: 0 }, HOST, PEER);
  expect(bytes.toString('hex')).toBe('c8070000');
});

test('errors quote what fits in the minimum MTU', () => {
  const offender = Buffer.alloc(1500, 0x60);
  expect(packetTooBig(1280, offender).subarray(0, 5).toString('hex')).toBe('0000050060');
  expect(parameterProblem(40, hex('60')).toString('hex')).toBe('0000002860');
  expect(errorBody(hex('60')).toString('hex')).toBe('0000000060');
  for (const body of [packetTooBig(1280, offender), parameterProblem(40, offender), errorBody(offender)]) {
    expect(40 + encodeIcmpv6({ type: 1, body }, HOST, PEER).length).toBe(1280);
  }
});

test('every truncation', () => {
  for (let length = 0; length < 4; length++) {
    expect(() => decodeIcmpv6(Buffer.alloc(length))).toThrow(new DecodeError('ICMPv6 message', 0, 4, length));
  }
  expect(() => decodeIcmpv6(Buffer.alloc(4), 9)).toThrow(new DecodeError('ICMPv6 message', 9, 4, 0));
});

test('what is encoded is decoded', () => {
  const message = fc.record({
    type: fc.nat(255),
    code: fc.nat(255),
    checksum: fc.nat(0xffff),
    body: fc.uint8Array({ maxLength: 99 }).map((body) => Buffer.from(body)),
  });
  fc.assert(
    fc.property(message, (fields) => {
      expect(decodeIcmpv6(encodeIcmpv6(fields, HOST, PEER))).toEqual(fields);
    }),
  );
});
