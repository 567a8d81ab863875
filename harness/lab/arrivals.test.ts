import { decodePacket, type Packet } from '../packet/packet';
import { arriveWith } from './arrivals';
import type { Laboratory } from './laboratory';

test('the headers that are returned are those of the packet that went out', () => {
  const sent: Packet[] = [];
  const lab = {
    host: { address: 'fd00::1' },
    peer: { address: 'fd00::2', inject: (packet: Buffer) => sent.push(decodePacket(packet)) },
  } as unknown as Laboratory;
  const headers = arriveWith(lab, { kind: 'hop-by-hop' }, { kind: 'destination' });
  expect(headers.map(({ bytes }) => bytes.toString('hex'))).toEqual(['3c00010400000000', '3a00010400000000']);
  expect(sent[0]?.icmpv6?.type).toBe(201);
});
