import { encodePacket, expect, Icmp6Filter, type Laboratory, type Rule, type Socket } from '../../harness';

const TYPES = Array.from({ length: 256 }, (_, type) => type);
/** As many as are open at once: each holds a queue of 256 messages. */
const SOCKETS = 64;
/** Bytes: room for 256 small messages, whatever a system takes for each. */
const QUEUE = 1 << 20;

const needs: Rule['needs'] = ['raw-icmpv6', 'link', 'peer'];

/** One packet of every type. Their hop limit keeps the kernel from acting on neighbor discovery. */
function packetsOfEveryType({ host, peer }: Laboratory): Buffer[] {
  return TYPES.map((type) =>
    encodePacket({
      source: peer.address,
      destination: host.address,
      hopLimit: 64,
      icmpv6: { type, body: Buffer.alloc(24) },
    }),
  );
}

function filtering({ host }: Laboratory, filter: Icmp6Filter): Socket {
  const socket = host.rawIcmpv6();
  socket.setInt('receive-buffer', QUEUE);
  socket.setFilter(filter);
  return socket;
}

function injectAll({ peer }: Laboratory, packets: readonly Buffer[]): void {
  for (const packet of packets) peer.inject(packet);
}

/** Every filter gets one message of every type: what arrives is exactly what it passes. */
function sweep(lab: Laboratory, filters: readonly Icmp6Filter[]): void {
  const packets = packetsOfEveryType(lab);
  for (let at = 0; at < filters.length; at += SOCKETS) {
    const sockets = filters.slice(at, at + SOCKETS).map((filter) => filtering(lab, filter));
    injectAll(lab, packets);
    lab.host.rawIcmpv6().settled();
    sockets.forEach((socket, index) => {
      const filter = filters[at + index];
      const passing = TYPES.filter((type) => filter?.willPass(type));
      const delivered = socket.drainTypes();
      expect(delivered.join()).toBe(passing.join());
      socket.setFilter(Icmp6Filter.blockAll());
    });
  }
  lab.figures['messages'] = filters.length * TYPES.length;
}

/** Delivery of all 256 types under filters of every shape. */
export const filterSweeps: readonly Rule[] = [
  {
    id: 'a-new-socket-receives-every-type',
    says: 'A socket without a filter receives messages of all 256 types.',
    covers: ['3.2-13', '3.3-06'],
    needs,
    check(lab) {
      const socket = lab.host.rawIcmpv6();
      socket.setInt('receive-buffer', QUEUE);
      injectAll(lab, packetsOfEveryType(lab));
      expect(socket).toReceiveTypes(TYPES);
    },
  },
  {
    id: 'pass-all-delivers-every-type',
    says: 'A socket whose filter passes everything receives messages of all 256 types.',
    covers: ['3.2-05'],
    needs,
    check(lab) {
      const socket = filtering(lab, Icmp6Filter.blockAll());
      socket.setFilter(Icmp6Filter.passAll());
      injectAll(lab, packetsOfEveryType(lab));
      expect(socket).toReceiveTypes(TYPES);
    },
  },
  {
    id: 'block-all-delivers-nothing',
    says: 'A socket whose filter blocks everything receives messages of none of the 256 types.',
    covers: ['3.2-06'],
    needs,
    check(lab) {
      const socket = filtering(lab, Icmp6Filter.blockAll());
      const witness = filtering(lab, Icmp6Filter.passAll());
      injectAll(lab, packetsOfEveryType(lab));
      expect(witness).toReceiveTypes(TYPES);
      expect(socket).toReceiveTypes([]);
    },
  },
  {
    id: 'every-single-pass-delivers-that-type-alone',
    says: 'Each of the 256 filters that pass one type delivers messages of that type and of none of the other 255.',
    covers: ['3.2-07', '3.2-09', '3.2-10', '3.2-11'],
    needs,
    sweep: true,
    check(lab) {
      sweep(
        lab,
        TYPES.map((type) => Icmp6Filter.blockAll().pass(type)),
      );
    },
  },
  {
    id: 'every-single-block-withholds-that-type-alone',
    says: 'Each of the 256 filters that block one type withholds messages of that type and delivers all the other 255.',
    covers: ['3.2-08', '3.2-09', '3.2-10', '3.2-11'],
    needs,
    sweep: true,
    check(lab) {
      sweep(
        lab,
        TYPES.map((type) => Icmp6Filter.passAll().block(type)),
      );
    },
  },
  {
    id: 'any-filter-delivers-what-it-passes',
    says: 'Whatever set of types a filter passes, those are delivered and no others.',
    covers: ['3.2-09', '3.2-10'],
    needs,
    sweep: true,
    check(lab) {
      const { random } = lab;
      const any = (): Icmp6Filter =>
        Icmp6Filter.blockAll().pass(...TYPES.filter(() => random.integer(0, 2) === 1));
      sweep(lab, Array.from({ length: SOCKETS }, any));
    },
  },
];
