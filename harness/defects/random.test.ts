import fc from 'fast-check';
import type { FrameListener, Tap } from '../lab/ground';
import { Random } from '../lab/random';
import { icmpv6Checksum } from '../packet/checksum';
import { ETHERNET } from '../packet/link-layer';
import { decodeFrame, encodePacket } from '../packet/packet';
import { ChangingTap, randomChange } from './random';

const SOURCE = 'fd00:3542::1';
const DESTINATION = 'fd00:3542::2';
const NO_MAC = Buffer.from('00000000000000000000000086dd', 'hex');

/** A wire that a test puts frames on. */
function tapOf(): { readonly tap: Tap; readonly cross: (frame: Buffer) => void } {
  let listener: FrameListener = () => undefined;
  return {
    tap: {
      linkLayer: ETHERNET,
      listen: (next) => {
        listener = next;
      },
      drain: () => undefined,
      send: () => undefined,
      lost: () => 0,
    },
    cross: (frame) => {
      listener(frame, frame.length);
    },
  };
}

function frame(payload: Buffer, protocol = 58): Buffer {
  return Buffer.concat([
    NO_MAC,
    encodePacket({ source: SOURCE, destination: DESTINATION, protocol, payload }),
  ]);
}

/** A message that carries its checksum. */
function whole(content: Uint8Array): Buffer {
  const message = Buffer.concat([Buffer.of(200, 0, 0, 0), content]);
  message.writeUInt16BE(icmpv6Checksum(SOURCE, DESTINATION, message), 2);
  return message;
}

const content = fc.uint8Array({ minLength: 0, maxLength: 200 });
const change = fc.record({ offset: fc.nat(203), bits: fc.integer({ min: 1, max: 255 }) });

test('whatever byte of a message is changed, its checksum no longer fits', () => {
  const { tap, cross } = tapOf();
  const changing = new ChangingTap(tap);
  let seen: Buffer | undefined;
  changing.listen((bytes, length) => {
    seen = Buffer.from(bytes.subarray(0, length));
  });
  fc.assert(
    fc.property(content, change, (bytes, { offset, bits }) => {
      const message = whole(bytes);
      fc.pre(offset < message.length);
      changing.change = { offset, bits };
      cross(frame(message));
      const packet = seen === undefined ? undefined : decodeFrame(seen, ETHERNET);
      expect(packet?.payload.length).toBe(message.length);
      expect(packet?.payload.equals(message)).toBe(false);
      const right = icmpv6Checksum(SOURCE, DESTINATION, packet?.payload ?? message);
      expect(packet?.icmpv6?.checksum).not.toBe(right);
    }),
  );
});

test('nothing else is changed: no other protocol, and nothing behind the message', () => {
  const { tap, cross } = tapOf();
  const changing = new ChangingTap(tap);
  const seen: string[] = [];
  changing.listen((bytes) => seen.push(bytes.toString('hex')));
  const others = [frame(Buffer.alloc(8), 253), frame(whole(Buffer.alloc(8)))];
  const before = others.map((bytes) => bytes.toString('hex'));
  changing.change = { offset: 12, bits: 255 };
  for (const each of others) cross(each);
  expect(seen).toEqual(before);
  changing.change = undefined;
  cross(frame(whole(Buffer.alloc(16))));
  expect(seen[2]).toBe(frame(whole(Buffer.alloc(16))).toString('hex'));
});

test('a random change lies within the message and changes something', () => {
  const random = new Random(3542, 'changes');
  for (let round = 0; round < 1000; round += 1) {
    const { offset, bits } = randomChange(random, 64);
    expect(offset).toBeLessThan(64);
    expect(bits & 0xff).toBeGreaterThan(0);
  }
});
