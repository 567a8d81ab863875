import { Icmp6Filter } from '../../socket/filter';
import type { Option } from '../../socket/options';
import type { Descriptor } from '../../socket/system-calls';
import type { Defect } from '../defect';

const isFilter = (option: Option): boolean => option === 'icmp6-filter';

/** A filter with the words of the upper 128 types taken from the lower ones. */
function folded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, 16), bytes.subarray(0, 16)]);
}

/** A host whose sockets have another filter than the one that the program set. */
export const filterValueDefects: readonly Defect[] = [
  {
    id: 'filter-is-ignored',
    says: 'Setting ICMP6_FILTER succeeds and does nothing.',
    kills: [
      '3.2.*-back',
      '3.2.zero-*',
      '3.2.write-*',
      '3.2.filter-*',
      '3.2.*-that-type',
      '3.2.*-alone',
      '3.2.no-code-passes-a-blocked-type',
      '3.2.contents-do-not-matter',
      '3.2.sockets-filter-for-themselves',
      '3.2.the-last-filter-counts',
      '3.2.queued-messages',
      '3.2.errors-are-filtered-by-their-type',
      '3.2.loopback-is-filtered-too',
      '3.2.block-all-delivers-nothing',
    ],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          if (!isFilter(option)) calls.setOption(socket, option, value, length);
        },
      }),
    },
  },
  {
    id: 'filter-is-stored-only',
    says: 'ICMP6_FILTER reads back as it was set, and every message is delivered all the same.',
    kills: [
      '3.2.*-that-type',
      '3.2.*-alone',
      '3.2.no-code-passes-a-blocked-type',
      '3.2.contents-do-not-matter',
      '3.2.sockets-filter-for-themselves',
      '3.2.the-last-filter-counts',
      '3.2.zero-length-lets-messages-in-again',
      '3.2.queued-messages',
      '3.2.errors-are-filtered-by-their-type',
      '3.2.loopback-is-filtered-too',
      '3.2.block-all-delivers-nothing',
      '3.2.any-filter-delivers-what-it-passes',
    ],
    seed: {
      calls: ({ calls }) => {
        const stored = new Map<Descriptor, Buffer>();
        return {
          setOption: (socket, option, value, length = value?.length ?? 0) => {
            calls.setOption(socket, option, value, length);
            if (!isFilter(option) || length === 0) return;
            stored.set(socket, calls.getOption(socket, option, 32));
            calls.setOption(socket, option, Buffer.alloc(32), 32);
          },
          getOption: (socket, option, room) =>
            (isFilter(option) ? stored.get(socket)?.subarray(0, room) : undefined) ??
            calls.getOption(socket, option, room),
          close: (socket) => {
            stored.delete(socket);
            calls.close(socket);
          },
        };
      },
    },
  },
  {
    id: 'filter-is-shared',
    says: 'All raw ICMPv6 sockets share one filter.',
    kills: [
      '3.2.sockets-*',
      '3.2.setblock-blocks-only-that-type',
      '3.2.loopback-is-filtered-too',
      '3.2.block-all-delivers-nothing',
    ],
    seed: {
      calls: ({ calls }) => {
        const open = new Set<Descriptor>();
        return {
          socket: (kind) => {
            const socket = calls.socket(kind);
            if (kind.family === 'inet6' && kind.type === 'raw' && kind.protocol === 58) open.add(socket);
            return socket;
          },
          close: (socket) => {
            open.delete(socket);
            calls.close(socket);
          },
          setOption: (socket, option, value, length) => {
            for (const each of isFilter(option) && open.has(socket) ? open : [socket]) {
              calls.setOption(each, option, value, length);
            }
          },
        };
      },
    },
  },
  {
    id: 'filter-holds-128-types',
    says: 'The filter tells types 0 to 127 apart; each informational type shares the bit of an error.',
    kills: [
      '3.2.every-single-pass-reads-back',
      '3.2.every-single-block-reads-back',
      '3.2.any-filter-reads-back',
      '3.2.*-that-type',
      '3.2.router-advertisements-alone',
      '3.2.no-*',
      '3.2.contents-do-not-matter',
      '3.2.sockets-filter-for-themselves',
      '3.2.the-last-filter-counts',
      '3.2.queued-messages',
      '3.2.loopback-is-filtered-too',
      '3.2.every-single-pass-delivers-that-type-alone',
      '3.2.every-single-block-withholds-that-type-alone',
    ],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          const folds = isFilter(option) && value?.length === 32 && length === undefined;
          calls.setOption(socket, option, folds ? folded(value) : value, length);
        },
      }),
    },
  },
  {
    id: 'filter-is-inverted',
    says: 'A filter passes the types that it should block.',
    kills: [
      '3.2.*-back',
      '3.2.zero-*',
      '3.2.write-of-1-bytes',
      '3.2.write-of-4-bytes',
      '3.2.write-of-16-bytes',
      '3.2.write-of-31-bytes',
      '3.2.write-of-negative-length',
      '3.2.filter-without-privilege',
      '3.2.*-that-type',
      '3.2.*-alone',
      '3.2.no-*',
      '3.2.contents-do-not-matter',
      '3.2.sockets-filter-for-themselves',
      '3.2.the-last-filter-counts',
      '3.2.queued-messages',
      '3.2.errors-are-filtered-by-their-type',
      '3.2.loopback-is-filtered-too',
      '3.2.pass-all-delivers-every-type',
      '3.2.block-all-delivers-nothing',
    ],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          const inverted = isFilter(option) && value !== undefined ? value.map((byte) => ~byte) : value;
          calls.setOption(socket, option, inverted === undefined ? undefined : Buffer.from(inverted), length);
        },
      }),
    },
  },
  {
    id: 'filter-default-blocks-errors',
    says: 'A new raw ICMPv6 socket blocks unknown errors until a filter is installed.',
    kills: [
      '3.2.a-new-*',
      '3.2.sockets-read-their-own-filter',
      '3.2.another-name-at-the-level-of-icmpv6',
      '3.2.the-name-at-the-level-of-ipv6',
      '3.3.unknown-types-are-delivered',
      'rfc4443-2.4.unknown-errors-are-passed-on',
    ],
    seed: {
      calls: ({ calls, filterBlockBit }) => ({
        socket: (kind) => {
          const socket = calls.socket(kind);
          if (kind.family === 'inet6' && kind.type === 'raw' && kind.protocol === 58) {
            const filter = Icmp6Filter.passAll().block(5, 99, 127);
            calls.setOption(socket, 'icmp6-filter', filter.encode(filterBlockBit), 32);
          }
          return socket;
        },
      }),
    },
  },
];
