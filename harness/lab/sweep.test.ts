import { LabError } from '../errors';
import { encodeEthernet, ETHERTYPE_IPV6 } from '../packet/ethernet';
import { BARE, ETHERNET } from '../packet/link-layer';
import { encodePacket } from '../packet/packet';
import type { BulkSender, FrameListener, Tap } from './ground';
import { runSweep, type SweepTally } from './sweep';
import { FENCE_PROTOCOL, fencePayload, RecordedWire } from './wire';

const SOURCE = 'fd00:3542::1';
const DESTINATION = 'fd00:3542::2';
const COUNT = 200;

/** What the link does with message `index`: the packets that cross in its place. */
type Link = (index: number, message: Buffer) => readonly Buffer[];

const packet = (message: Buffer, checksum?: number): Buffer =>
  encodePacket({
    source: SOURCE,
    destination: DESTINATION,
    icmpv6: {
      type: message.readUInt8(0),
      code: message.readUInt8(1),
      body: message.subarray(4),
      ...(checksum === undefined ? {} : { checksum }),
    },
  });

/** A sweep over a link that is played, so that what it does wrong is known. */
async function sweepOver(link: Link, { lost = 0, linkLayer = ETHERNET } = {}): Promise<SweepTally> {
  let listener: FrameListener = () => undefined;
  const crossed = (bytes: Buffer): void => {
    const ethernet = { destination: '02:00:00:00:35:02', source: '02:00:00:00:35:01', type: ETHERTYPE_IPV6 };
    const frame = linkLayer === ETHERNET ? Buffer.concat([encodeEthernet(ethernet), bytes]) : bytes;
    setImmediate(() => {
      listener(frame, frame.length);
    });
  };
  const tap: Tap = {
    linkLayer,
    drain: () => undefined,
    listen: (next) => {
      listener = next;
    },
    send: () => undefined,
    lost: () => lost,
  };
  const slots = Array.from({ length: 16 }, () => ({ bytes: Buffer.alloc(128), length: 0 }));
  const slot = (index: number) => slots[index] ?? { bytes: Buffer.alloc(0), length: 0 };
  let sent = 0;
  const bulk: BulkSender = {
    capacity: slots.length,
    slot: (index) => slot(index).bytes,
    setLength: (index, length) => {
      slot(index).length = length;
    },
    flush: (count) => {
      for (let index = 0; index < count; index += 1) {
        const message = Buffer.from(slot(index).bytes.subarray(0, slot(index).length));
        for (const each of link(sent, message)) crossed(each);
        sent += 1;
      }
      return count;
    },
    close: () => undefined,
  };
  const fence = (number: number): void => {
    crossed(
      encodePacket({
        source: SOURCE,
        destination: DESTINATION,
        protocol: FENCE_PROTOCOL,
        payload: fencePayload(number),
      }),
    );
  };
  const wire = new RecordedWire('host', 1500, tap, fence, () => bulk, { add: () => undefined });
  const message = (index: number, into: Buffer): number => {
    into.fill(0, 0, 64);
    into.writeUInt8(200, 0);
    into.writeUInt32BE(index, 8);
    return 40 + (index % 24);
  };
  return runSweep({ count: COUNT, destination: DESTINATION, message }, bulk, wire);
}

test('messages that cross as they were sent are verified', async () => {
  const tally = await sweepOver((_, message) => [packet(message)]);
  expect(tally).toEqual({ sent: COUNT, seen: COUNT, verified: COUNT, wrong: undefined });
});

test.each([
  ['Ethernet', ETHERNET],
  ['a TUN device', BARE],
])('a wrong checksum on %s is seen, with its packet', async (_, linkLayer) => {
  const tally = await sweepOver((index, message) => [packet(message, index === 77 ? 0x1234 : undefined)], {
    linkLayer,
  });
  expect(tally).toMatchObject({ seen: COUNT, verified: COUNT - 1, wrong: { index: 77 } });
  expect(tally.wrong?.how).toBe('crossed with a wrong checksum');
  expect(tally.wrong?.packet?.icmpv6?.checksum).toBe(0x1234);
});

test('what Linux says when a fragment has waited for a minute is none of the messages', async () => {
  // From a capture on Debian's 6.1: the message, cut after the header of the packet that it is about.
  const expired = Buffer.from(
    '0301e028000000006000000004d82c40fd003542000000000000000000000002fd003542000000000000000000000001',
    'hex',
  );
  const tally = await sweepOver((index, message) =>
    index === 50 ? [packet(expired), packet(message)] : [packet(message)],
  );
  expect(tally).toEqual({ sent: COUNT, seen: COUNT, verified: COUNT, wrong: undefined });
});

test('a message that does not cross is missed, whether first, last or between', async () => {
  for (const missing of [0, 100, COUNT - 1]) {
    const tally = await sweepOver((index, message) => (index === missing ? [] : [packet(message)]));
    expect(tally).toMatchObject({
      seen: COUNT - 1,
      verified: COUNT - 1,
      wrong: { index: missing, how: 'did not cross' },
    });
  }
});

test('other contents are no match, even with their right checksum', async () => {
  const tally = await sweepOver((index, message) => {
    if (index === 50) message.writeUInt8(1, 30);
    return [packet(message)];
  });
  expect(tally).toMatchObject({
    verified: COUNT - 1,
    wrong: { index: 50, how: 'crossed with other contents' },
  });
});

test('a message that crosses twice is not verified twice', async () => {
  const tally = await sweepOver((index, message) =>
    index === 50 ? [packet(message), packet(message)] : [packet(message)],
  );
  expect(tally.verified).toBeLessThanOrEqual(COUNT);
  expect(tally.wrong).toBeDefined();
});

test('packets of others do not count', async () => {
  const other = encodePacket({ source: SOURCE, destination: 'ff02::16', icmpv6: { type: 143 } });
  const tally = await sweepOver((_, message) => [other, packet(message)]);
  expect(tally).toMatchObject({ seen: COUNT, verified: COUNT });
});

test('a capture that lost a frame judges nothing', async () => {
  await expect(sweepOver((_, message) => [packet(message)], { lost: 1 })).rejects.toThrow(LabError);
});
