import { inspect } from 'node:util';
import { expect } from 'expect';
import { Unobservable } from '../errors';
import type { Packet } from '../packet/packet';
import { finalDestination } from '../packet/packet';
import { icmpv6Checksum } from '../packet/checksum';
import type { SweepTally } from '../lab/sweep';
import { layout } from '../packet/explain';
import { inRanges } from '../socket/filter';
import { matches, outcomeOf, Socket, type MessageExpectation } from '../socket/socket';
import type { Exhibit } from './outcome';

/** Part of a packet: members that are given must be equal. */
export interface PacketExpectation {
  readonly trafficClass?: number;
  readonly hopLimit?: number;
  readonly source?: string;
  readonly destination?: string;
  readonly protocol?: number;
  readonly type?: number;
  readonly code?: number;
  readonly checksum?: number;
  /** The ICMPv6 message after its checksum. */
  readonly body?: Uint8Array;
  readonly payload?: Uint8Array;
  /**
   * The Ethernet address that the frame is for: the node that is to take the packet from the link. What asks for it is
   * untested on a link whose frames carry no address.
   */
  readonly hardwareDestination?: string | undefined;
  /** Kinds of the extension headers in their order. */
  readonly extensions?: readonly string[];
}

interface Result {
  readonly pass: boolean;
  readonly message: () => string;
  readonly expected: string;
  readonly actual: string;
  readonly exhibits?: readonly Exhibit[];
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> {
    /** A captured packet carries the checksum that RFC 4443 §2.3 gives for what is on the wire. */
    toCarryItsChecksum(): R;
    toBePacket(expected: PacketExpectation): R;
    /** A call fails: with this errno where the document names one. */
    toFail(errno?: string): R;
    /** A socket gets a message like this, of everything that was sent to it before. */
    toReceive(expected: MessageExpectation): R;
    /** Of everything that was sent to a socket before, it gets messages of exactly these types, in this order. */
    toReceiveTypes(expected: readonly number[]): R;
    /** Every message of a sweep crossed, unchanged and with its checksum. */
    toBeVerified(): R;
  }
}

expect.extend({
  toCarryItsChecksum(packet: Packet): Result {
    if (packet.icmpv6 === undefined) {
      return result(false, 'an ICMPv6 message', `next header ${String(packet.protocol)}`);
    }
    const right = rightChecksum(packet);
    return result(
      packet.icmpv6.checksum === right,
      `checksum ${hex(right)}`,
      `checksum ${hex(packet.icmpv6.checksum)}`,
      [checksumExhibit(packet)],
    );
  },

  toBePacket(packet: Packet, expected: PacketExpectation): Result {
    if ('hardwareDestination' in expected && packet.ethernet === undefined) {
      throw new Unobservable(
        'Packets of this laboratory carry no link-layer address that tells which node they were handed to: run it with --lab link.',
      );
    }
    const actual: Record<keyof PacketExpectation, unknown> = {
      trafficClass: packet.ipv6.trafficClass,
      hopLimit: packet.ipv6.hopLimit,
      source: packet.ipv6.source,
      destination: packet.ipv6.destination,
      protocol: packet.protocol,
      type: packet.icmpv6?.type,
      code: packet.icmpv6?.code,
      checksum: packet.icmpv6?.checksum,
      body: packet.icmpv6?.body,
      payload: packet.payload,
      hardwareDestination: packet.ethernet?.destination,
      extensions: packet.extensions.map(({ kind }) => kind),
    };
    const asked = Object.keys(expected) as (keyof PacketExpectation)[];
    const wrong = asked.filter((field) => inWords(field, expected[field]) !== inWords(field, actual[field]));
    const shown = wrong.length === 0 ? asked : wrong;
    const say = (values: Readonly<Partial<Record<keyof PacketExpectation, unknown>>>): string =>
      shown.map((field) => `${LABELS[field]} ${inWords(field, values[field])}`).join(', ');
    const marks = layout(packet).filter(({ field }) => shown.some((name) => LABELS[name] === field));
    return result(wrong.length === 0, say(expected), say(actual), [
      {
        title: `packet from ${packet.ipv6.source} to ${packet.ipv6.destination}`,
        actual: packet.bytes,
        marks,
      },
    ]);
  },

  toFail(action: () => unknown, errno?: string): Result {
    const outcome = outcomeOf(action);
    return result(
      errno === undefined ? outcome !== 'succeeds' : outcome === errno,
      errno ?? 'an error',
      outcome,
    );
  },

  toReceive(socket: Socket, expected: MessageExpectation): Result {
    const messages = socket.settled();
    const found = messages.some((message) => matches(message, expected));
    const types = messages.map(({ type, code }) => `${String(type)}/${String(code)}`).join(', ');
    return result(
      found,
      `a message with ${Object.entries(expected)
        .map(([name, value]) => `${name} ${show(value)}`)
        .join(', ')}`,
      types === '' ? 'no message' : `messages of type/code ${types}`,
    );
  },

  toReceiveTypes(socket: Socket, expected: readonly number[]): Result {
    const actual = socket.settled().map(({ type }) => type ?? -1);
    return result(
      actual.length === expected.length && actual.every((type, index) => type === expected[index]),
      `messages of types ${inRanges(expected)}`,
      `messages of types ${inRanges(actual)}`,
    );
  },

  toBeVerified({ sent, verified, wrong }: SweepTally): Result {
    const how = wrong === undefined ? '' : `; message ${String(wrong.index)} ${wrong.how}`;
    const packet = wrong?.packet;
    return result(
      wrong === undefined && verified === sent,
      `${String(sent)} messages with their checksums`,
      `${String(verified)}${how}`,
      packet === undefined ? [] : [checksumExhibit(packet)],
    );
  },
});

/** A packet beside what it would be with the right checksum. */
function checksumExhibit(packet: Packet): Exhibit {
  const corrected = Buffer.from(packet.bytes);
  corrected.writeUInt16BE(rightChecksum(packet), packet.payloadOffset + 2);
  return {
    title: `ICMPv6 type ${String(packet.icmpv6?.type)} from ${packet.ipv6.source} to ${packet.ipv6.destination}`,
    actual: packet.bytes,
    expected: corrected,
    marks: [{ field: 'checksum', offset: packet.payloadOffset + 2, length: 2 }],
  };
}

function rightChecksum(packet: Packet): number {
  return icmpv6Checksum(packet.ipv6.source, finalDestination(packet), packet.payload);
}

const LABELS: Readonly<Record<keyof PacketExpectation, string>> = {
  trafficClass: 'traffic class',
  hopLimit: 'hop limit',
  source: 'source',
  destination: 'destination',
  protocol: 'next header',
  type: 'type',
  code: 'code',
  checksum: 'checksum',
  body: 'body',
  payload: 'payload',
  hardwareDestination: 'Ethernet destination',
  extensions: 'extension headers',
};

function inWords(field: keyof PacketExpectation, value: unknown): string {
  if (field === 'extensions') return Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none';
  if (field === 'checksum' && typeof value === 'number') return hex(value);
  return show(value);
}

function show(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return value === undefined ? 'none' : typeof value === 'string' ? value : inspect(value);
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}

function result(pass: boolean, expected: string, actual: string, exhibits?: readonly Exhibit[]): Result {
  return {
    pass,
    message: () => `expected ${pass ? 'other than ' : ''}${expected}\nobserved ${actual}`,
    expected: pass ? `other than ${expected}` : expected,
    actual,
    ...(exhibits === undefined ? {} : { exhibits }),
  };
}

export { expect };
