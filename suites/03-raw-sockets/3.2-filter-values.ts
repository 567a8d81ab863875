import { expect, Icmp6Filter, outcomeOf, type Rule, type Socket } from '../../harness';

const TYPES = Array.from({ length: 256 }, (_, type) => type);
const OSPF = 89;

const needs: Rule['needs'] = ['raw-icmpv6'];

function readsBack(socket: Socket, filter: Icmp6Filter): void {
  socket.setFilter(filter);
  expect(String(socket.getFilter())).toBe(String(filter));
}

function outcomesOf(socket: Socket): string {
  const set = outcomeOf(() => {
    socket.setFilter(Icmp6Filter.blockAll());
  });
  return `set ${set}, get ${outcomeOf(() => socket.getFilter())}`;
}

/** The option ICMP6_FILTER as a value that is written and read. */
export const filterValues: readonly Rule[] = [
  {
    id: 'a-new-socket-reads-as-pass-all',
    says: 'Before a filter is installed, reading gives the default: every type passes.',
    covers: ['3.2-13', '3.2-17'],
    needs,
    check({ host }) {
      expect(String(host.rawIcmpv6().getFilter())).toBe(String(Icmp6Filter.passAll()));
    },
  },
  {
    id: 'pass-all-reads-back',
    says: 'The filter that passes every type reads back as it was set.',
    covers: ['3.2-02', '3.2-05', '3.2-18'],
    needs,
    check({ host }) {
      const socket = host.rawIcmpv6();
      readsBack(socket, Icmp6Filter.blockAll());
      readsBack(socket, Icmp6Filter.passAll());
    },
  },
  {
    id: 'block-all-reads-back',
    says: 'The filter that blocks every type reads back as it was set.',
    covers: ['3.2-02', '3.2-06', '3.2-18'],
    needs,
    check({ host }) {
      readsBack(host.rawIcmpv6(), Icmp6Filter.blockAll());
    },
  },
  {
    id: 'every-single-pass-reads-back',
    says: 'A filter that passes one type reads back with that type passing and no other, for each of the 256.',
    covers: ['3.2-07', '3.2-11', '3.2-18'],
    needs,
    sweep: true,
    check({ host }) {
      const socket = host.rawIcmpv6();
      for (const type of TYPES) readsBack(socket, Icmp6Filter.blockAll().pass(type));
    },
  },
  {
    id: 'every-single-block-reads-back',
    says: 'A filter that blocks one type reads back with that type blocked and no other, for each of the 256.',
    covers: ['3.2-08', '3.2-11', '3.2-18'],
    needs,
    sweep: true,
    check({ host }) {
      const socket = host.rawIcmpv6();
      for (const type of TYPES) readsBack(socket, Icmp6Filter.passAll().block(type));
    },
  },
  {
    id: 'any-filter-reads-back',
    says: 'Whatever set of types a filter passes, the last one set is the one that reads back.',
    covers: ['3.2-02', '3.2-18'],
    needs,
    sweep: true,
    check({ host, random }) {
      const socket = host.rawIcmpv6();
      for (let round = 0; round < 100; round += 1) {
        readsBack(socket, Icmp6Filter.blockAll().pass(...TYPES.filter(() => random.integer(0, 2) === 1)));
      }
    },
  },
  {
    id: 'sockets-read-their-own-filter',
    says: 'Each socket has a filter of its own: setting one leaves those of older and of newer sockets as they are.',
    covers: ['3.2-01'],
    needs,
    check({ host }) {
      const older = host.rawIcmpv6();
      const socket = host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.blockAll());
      const newer = host.rawIcmpv6();
      for (const other of [older, newer]) {
        expect(String(other.getFilter())).toBe(String(Icmp6Filter.passAll()));
      }
    },
  },
  ...(['a null pointer', 'a value'] as const).map((given): Rule => ({
    id: given === 'a value' ? 'zero-length-removes-with-a-value' : 'zero-length-removes-with-null',
    says: `Setting the filter with length zero and ${given} removes it: the default reads again.`,
    covers: ['3.2-16'],
    needs,
    check({ host }) {
      const socket = host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.blockAll());
      socket.setOption('icmp6-filter', given === 'a value' ? Buffer.alloc(32) : undefined, 0);
      expect(String(socket.getFilter())).toBe(String(Icmp6Filter.passAll()));
    },
  })),
  {
    id: 'read-lengths',
    says: 'How much of the filter is read with an option length that is not its size.',
    covers: ['3.2-19'],
    needs,
    check({ host }) {
      const socket = host.rawIcmpv6();
      const outcomes = [0, 1, 4, 16, 28, 31, 32, 33, 64, -1].map((room) => {
        const outcome = outcomeOf(() => socket.getOption('icmp6-filter', room));
        const got = outcome === 'succeeds' ? socket.getOption('icmp6-filter', room).length : outcome;
        return `${String(room)}: ${String(got)}`;
      });
      return outcomes.join(', ');
    },
  },
  ...[1, 4, 16, 31, 33, 64, -1].map((length): Rule => ({
    id: length < 0 ? 'write-of-negative-length' : `write-of-${String(length)}-bytes`,
    says: `What setting the filter with an option length of ${String(length)} gives: how many of the 256 types are blocked after it.`,
    covers: ['3.2-20'],
    needs,
    check({ host }) {
      const socket = host.rawIcmpv6();
      socket.setFilter(Icmp6Filter.blockAll());
      const blocked = Buffer.concat([socket.getOption('icmp6-filter', 32), Buffer.alloc(32)]);
      socket.setFilter(Icmp6Filter.passAll());
      const outcome = outcomeOf(() => {
        socket.setOption('icmp6-filter', blocked, length);
      });
      const filter = socket.getFilter();
      return `${outcome}, ${String(TYPES.filter((type) => !filter.willPass(type)).length)} blocked`;
    },
  })),
  {
    id: 'write-from-a-null-pointer',
    says: 'What setting the filter from a null pointer gives.',
    covers: ['3.2-20'],
    needs,
    check({ host }) {
      const socket = host.rawIcmpv6();
      const outcome = outcomeOf(() => {
        socket.setOption('icmp6-filter', undefined, 32);
      });
      return `${outcome}, then ${String(socket.getFilter())}`;
    },
  },
  ...(['datagram', 'stream'] as const).map((type): Rule => ({
    id: `filter-of-a-${type}-socket`,
    says: `What setting and reading ICMP6_FILTER on a ${type} socket gives.`,
    covers: ['3.2-21'],
    needs,
    check: ({ host }) => outcomesOf(host.socket({ family: 'inet6', type, protocol: 0 })),
  })),
  {
    id: 'filter-of-another-raw-socket',
    says: 'What setting and reading ICMP6_FILTER on a raw socket of another next header gives.',
    covers: ['3.2-21'],
    needs,
    check: ({ host }) => outcomesOf(host.raw(OSPF)),
  },
  {
    id: 'filter-of-an-ipv4-socket',
    says: 'What setting and reading ICMP6_FILTER on a raw IPv4 socket of protocol 58 gives.',
    covers: ['3.2-21'],
    needs,
    check: ({ host }) => outcomesOf(host.socket({ family: 'inet', type: 'raw', protocol: 58 })),
  },
  ...[
    { id: 'another-name-at-the-level-of-icmpv6', level: 58, name: 2 },
    { id: 'the-name-at-the-level-of-ipv6', level: 41, name: 1 },
  ].map(({ id, ...option }): Rule => ({
    id,
    says: `What setting and reading a filter at level ${String(option.level)} under the number ${String(option.name)} gives.`,
    covers: ['3.2-22'],
    needs,
    check({ host }) {
      const socket = host.rawIcmpv6();
      const set = outcomeOf(() => {
        socket.setOption(option, Buffer.alloc(32, 0xff));
      });
      return `set ${set}, get ${outcomeOf(() => socket.getOption(option, 32))}, then ${String(socket.getFilter())}`;
    },
  })),
  {
    id: 'filter-without-privilege',
    says: 'Whether a process that gave up its privileges may still change the filter of a socket that it has.',
    covers: ['3.2-28'],
    needs: ['raw-icmpv6', 'drop-privilege'],
    check({ host }) {
      const socket = host.rawIcmpv6();
      const outcome = host.unprivileged(() =>
        outcomeOf(() => {
          socket.setFilter(Icmp6Filter.blockAll());
        }),
      );
      return `${outcome}, then ${String(socket.getFilter())}`;
    },
  },
];
