import { LoopbackControl } from './loopback-control';

/** What tshark captured on Linux's loopback interface when a datagram found port 9 closed, behind Npcap's family of IPv6. */
const PORT_UNREACHABLE = Buffer.from(
  '18000000' +
    '600efc2000403a4000000000000000000000000000000001000000000000000000000000000000010104e00400000000' +
    '60052819001011400000000000000000000000000000000100000000000000000000000000000001' +
    '84ce0009001000230000000000000000',
  'hex',
);
const CHECKSUM = 4 + 40 + 2;

function zeroed(frame: Buffer, type = frame.readUInt8(44)): Buffer {
  const bytes = Buffer.from(frame);
  bytes.writeUInt8(type, 44);
  bytes.writeUInt16BE(0, CHECKSUM);
  return bytes;
}

test('a zero cannot be judged before a packet of the system itself was seen with a right checksum', () => {
  const control = new LoopbackControl();
  control.see(zeroed(PORT_UNREACHABLE));
  expect(control.doubt()).toBeUndefined();
  control.see(zeroed(PORT_UNREACHABLE, 128));
  expect(control.doubt()).toMatch(/may be an artefact of the capture/);
  // It was said once; the next capture is judged by itself.
  expect(control.doubt()).toBeUndefined();
});

test('after such a packet a zero is what the system sent', () => {
  const control = new LoopbackControl();
  control.see(PORT_UNREACHABLE);
  control.see(zeroed(PORT_UNREACHABLE, 128));
  expect(control.doubt()).toBeUndefined();
});

test('a control packet with another checksum than its own proves nothing', () => {
  const control = new LoopbackControl();
  const wrong = Buffer.from(PORT_UNREACHABLE);
  wrong.writeUInt16BE(0xe005, CHECKSUM);
  control.see(wrong);
  control.see(zeroed(PORT_UNREACHABLE, 128));
  expect(control.doubt()).toBeDefined();
});

test('what is no IPv6 is passed over', () => {
  const control = new LoopbackControl();
  control.see(Buffer.from('02000000' + '00'.repeat(40), 'hex'));
  expect(control.doubt()).toBeUndefined();
});
