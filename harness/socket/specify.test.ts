import { ancillary } from './ancillary';
import type { Socket } from './socket';
import { sendWith } from './specify';

test.each([
  ['sticky', ['set hop-limit', 'send 0']],
  ['ancillary', ['send 1']],
] as const)('an item is specified in the %s way', (way, expected) => {
  const calls: string[] = [];
  const socket = {
    setSticky: ({ option }: { option: string }) => calls.push(`set ${option}`),
    sendMessage: (_data: Buffer, _to: string, options: { ancillary?: readonly unknown[] } = {}) =>
      calls.push(`send ${String(options.ancillary?.length ?? 0)}`),
  } as unknown as Socket;
  sendWith(way, [ancillary.hopLimit(7)], socket, Buffer.alloc(4), '::1');
  expect(calls).toEqual(expected);
});
