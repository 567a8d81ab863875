import { SyscallError } from '../errors';
import { decodeControl, encodeControl, type ControlObject } from '../socket/control';
import type { Option, OptionName } from '../socket/options';
import type { OutgoingMessage, System, SystemCalls } from '../socket/system-calls';
import type { Defect } from './defect';
import { sendEveryHeader } from './every-header';

/** Options that hold an extension header, and what asks for it where it is received. */
const HEADERS: Partial<Record<OptionName, OptionName>> = {
  'routing-header': 'receive-routing-header',
  'hop-by-hop-options': 'receive-hop-by-hop-options',
  'destination-options': 'receive-destination-options',
};
const PRECEDING = 'routing-header-destination-options';

const isHeader = (option: Option): boolean =>
  typeof option === 'string' && (option in HEADERS || option === PRECEDING);

function numberOf({ options }: System, option: OptionName): number {
  const place = options[option];
  return 'absent' in place ? -1 : place.name;
}

function isHeaderObject(system: System, { type }: ControlObject): boolean {
  return [...Object.keys(HEADERS), PRECEDING].some(
    (option) => numberOf(system, option as OptionName) === type,
  );
}

/** A system whose recvmsg(2) returns other objects than the kernel. */
function returning(change: (objects: ControlObject[], system: System, socket: number) => ControlObject[]) {
  return (system: System): Partial<SystemCalls> => ({
    receiveMessage: (socket, room, flags) => {
      const message = system.calls.receiveMessage(socket, room, flags);
      if (message === undefined || message.controlTruncated) return message;
      const before = decodeControl(system.control, message.control);
      return { ...message, control: encodeControl(system.control, change(before, system, socket)) };
    },
  });
}

/** A message with other ancillary data than the program's. */
function altered(
  system: System,
  message: OutgoingMessage,
  change: (objects: ControlObject[]) => ControlObject[],
): OutgoingMessage {
  const objects = decodeControl(system.control, message.control ?? Buffer.alloc(0));
  return { ...message, control: encodeControl(system.control, change(objects)) };
}

const sticky = (system: System, act: (option: Option, value: Buffer | undefined) => 'done' | Option) => ({
  setOption: (socket: number, option: Option, value: Buffer | undefined, length?: number) => {
    const instead = isHeader(option) ? act(option, length === 0 ? undefined : value) : option;
    if (instead !== 'done') system.calls.setOption(socket, instead, value, length);
  },
});

const mute = (action: () => void): void => {
  try {
    action();
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
  }
};

/** What a host can do wrong with routing headers, hop-by-hop and destination options. */
export const extensionHeaderDefects: readonly Defect[] = [
  {
    id: 'received-headers-are-lost',
    says: 'No received extension header becomes an ancillary data object.',
    kills: [
      '7.received-header-is-an-object',
      '7.several-headers-*',
      '8.receiving-without-privilege',
      '8.1.*-is-returned',
      '9.1.received-*',
      '9.1.several-*',
      '9.1.before-*',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '12.only-what-was-asked-for',
    ],
    seed: {
      calls: returning((objects, system) => objects.filter((object) => !isHeaderObject(system, object))),
    },
  },
  {
    id: 'received-headers-without-asking',
    says: 'A socket returns received extension headers that no one asked for.',
    kills: [
      '7.no-object-unless-asked-for',
      '8.1.no-object-*',
      '9.1.no-object-unless-asked-for',
      '12.only-what-was-asked-for',
    ],
    seed: {
      calls: ({ calls }) => ({
        socket: (kind) => {
          const socket = calls.socket(kind);
          for (const option of kind.type === 'raw' && kind.family === 'inet6' ? Object.values(HEADERS) : [])
            calls.setOption(socket, option, Buffer.of(1, 0, 0, 0));
          return socket;
        },
      }),
    },
  },
  {
    id: 'received-headers-out-of-nothing',
    says: 'Where a packet lacks an extension header that was asked for, an object with an empty one is returned.',
    kills: [
      '7.no-object-without-a-header',
      '8.1.no-object-without-a-header',
      '9.1.no-object-without-a-header',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
    ],
    seed: {
      calls: returning((objects, system, socket) => {
        const missing = (Object.entries(HEADERS) as [OptionName, OptionName][]).filter(
          ([header, asks]) =>
            !objects.some(({ type }) => type === numberOf(system, header)) &&
            (system.calls.getOption(socket, asks, 4)[0] ?? 0) !== 0,
        );
        const made = missing.map(([header]) => ({
          level: 41,
          type: numberOf(system, header),
          data: Buffer.alloc(8),
        }));
        return [...objects, ...made];
      }),
    },
  },
  {
    id: 'received-headers-cut-to-8-bytes',
    says: 'Of a received extension header only the first 8 bytes are returned.',
    kills: [
      '7.received-header-is-an-object',
      '8.1.long-options-is-returned',
      '9.1.received-*',
      '9.1.several-*',
    ],
    seed: {
      calls: returning((objects, system) =>
        objects.map((object) =>
          isHeaderObject(system, object) ? { ...object, data: object.data.subarray(0, 8) } : object,
        ),
      ),
    },
  },
  {
    id: 'received-headers-only-the-first',
    says: 'Of several received extension headers of one kind only the first is returned.',
    kills: [
      '7.several-headers-*',
      '9.1.several-*',
      '9.1.before-*',
      '12.objects-follow-the-packet',
      '12.any-order-is-received',
      '12.only-what-was-asked-for',
    ],
    seed: {
      calls: returning((objects, system) =>
        objects.filter(
          (object, index) =>
            !isHeaderObject(system, object) ||
            objects.findIndex(({ type }) => type === object.type) === index,
        ),
      ),
    },
  },
  {
    id: 'received-headers-sorted-by-kind',
    says: 'Objects of received extension headers are sorted by their kind, whatever the order in the packet.',
    kills: ['12.objects-follow-the-packet', '12.any-order-is-received', '12.only-what-was-asked-for'],
    seed: { calls: returning((objects) => [...objects].sort((one, other) => one.type - other.type)) },
  },
  {
    id: 'next-header-as-written',
    says: 'The first extension header goes out with a next header that does not follow it.',
    kills: [
      '3.1.leaves-out-*',
      '3.1.covers-the-final-destination',
      '7.sticky-header-goes-out',
      '7.destination-*',
      '7.connected-*',
      '8.2.*-header-goes-out',
      '8.2.sticky-header-stays',
      '9.2.*-header-goes-out',
      '9.2.zero-length-removes-the-options-of-a-route',
      '9.2.options-of-a-route-precede-it',
      '9.2.other-options-follow-the-route',
      '12.worked-example',
      '12.objects-in-any-order',
      '12.recommended-order-goes-out',
    ],
    // The kernel's own reports of its groups have a hop limit of 1.
    seed: {
      nft: `add table ip6 defect
add chain ip6 defect out { type filter hook output priority 0; }
add rule ip6 defect out ip6 hoplimit > 1 ip6 nexthdr { 0, 43, 60 } @nh,320,8 set 99`,
    },
  },
  {
    id: 'sticky-headers-are-ignored',
    says: 'Setting an extension header as a sticky option succeeds and does nothing.',
    kills: [
      '3.1.leaves-out-hop-by-hop-options',
      '3.1.leaves-out-options-of-a-fragmented-message',
      '3.1.covers-the-final-destination',
      '7.source-routes',
      '7.sticky-header-goes-out',
      '7.destination-*',
      '7.connected-*',
      '8.sending-without-privilege',
      '8.several-sticky-options-share-a-header',
      '8.2.malformed-sticky-headers',
      '8.2.sticky-*',
      '9.2.malformed-sticky-headers',
      '9.2.sticky-header-goes-out',
      '9.2.zero-length-removes-the-options-of-a-route',
      '9.2.options-of-a-route-precede-it',
      '9.2.other-options-follow-the-route',
      '12.recommended-order-goes-out',
    ],
    seed: { calls: (system) => sticky(system, () => 'done') },
  },
  {
    id: 'sticky-headers-cannot-be-removed',
    says: 'Setting an extension header with a length of zero succeeds and leaves the sticky header.',
    kills: ['7.zero-length-*', '8.sending-without-privilege', '8.2.zero-length-*', '9.2.zero-length-*'],
    seed: {
      calls: (system) => sticky(system, (option, value) => (value === undefined ? 'done' : option)),
    },
  },
  {
    id: 'ancillary-headers-are-ignored',
    says: 'An extension header in ancillary data is taken and does not go out.',
    kills: [
      '3.1.leaves-out-destination-options',
      '7.ancillary-header-goes-out',
      '7.source-routes',
      '8.sending-without-privilege',
      '8.several-ancillary-options-share-a-header',
      '8.2.ancillary-header-goes-out',
      '8.2.malformed-ancillary-headers',
      '9.2.ancillary-header-goes-out',
      '9.2.malformed-ancillary-headers',
      '12.worked-example',
      '12.objects-in-any-order',
    ],
    seed: {
      calls: (system) => ({
        sendMessage: (socket, message) =>
          system.calls.sendMessage(
            socket,
            altered(system, message, (objects) =>
              objects.filter((object) => !isHeaderObject(system, object)),
            ),
          ),
      }),
    },
  },
  {
    id: 'ancillary-headers-stay',
    says: 'An extension header in ancillary data becomes a sticky option.',
    kills: [
      '8.2.ancillary-header-does-not-stay',
      '9.2.ancillary-header-does-not-stay',
      '8.2.malformed-ancillary-headers',
      '9.2.malformed-ancillary-headers',
    ],
    seed: {
      calls: (system) => ({
        sendMessage: (socket, message) => {
          const sent = system.calls.sendMessage(socket, message);
          for (const { level, type, data } of decodeControl(
            system.control,
            message.control ?? Buffer.alloc(0),
          )) {
            const header = isHeaderObject(system, { level, type, data });
            if (header) system.calls.setOption(socket, { level, name: type }, data);
          }
          return sent;
        },
      }),
    },
  },
  {
    id: 'options-of-a-route-without-one',
    says: 'IPV6_RTHDRDSTOPTS goes out like IPV6_DSTOPTS, with or without a routing header.',
    kills: [
      '9.2.*-options-for-a-route-need-one',
      '9.2.zero-length-removes-the-options-of-a-route',
      '9.2.options-of-a-route-precede-it',
      '12.worked-example',
      '12.recommended-order-goes-out',
    ],
    seed: {
      calls: (system) => ({
        ...sticky(system, (option) => (option === PRECEDING ? 'destination-options' : option)),
        sendMessage: (socket, message) =>
          system.calls.sendMessage(
            socket,
            altered(system, message, (objects) =>
              objects.map((object) =>
                object.type === numberOf(system, PRECEDING)
                  ? { ...object, type: numberOf(system, 'destination-options') }
                  : object,
              ),
            ),
          ),
      }),
    },
  },
  {
    id: 'malformed-headers-are-taken',
    says: 'Specifying a malformed or forbidden extension header succeeds and does nothing.',
    kills: [
      '7.ancillary-header-goes-out',
      '7.source-routes',
      '8.sending-without-privilege',
      '8.2.malformed-*',
      '9.2.malformed-*',
    ],
    seed: {
      calls: ({ calls }) => ({
        setOption: (socket, option, value, length) => {
          if (!isHeader(option)) calls.setOption(socket, option, value, length);
          else
            mute(() => {
              calls.setOption(socket, option, value, length);
            });
        },
        sendMessage: (socket, message) => {
          if (message.control === undefined || message.control.length === 0)
            return calls.sendMessage(socket, message);
          mute(() => calls.sendMessage(socket, message));
          return 0;
        },
      }),
    },
  },
  {
    id: 'every-header-goes-out',
    says: 'Of an extension header that is specified twice both go out.',
    kills: ['7.only-one-*', '8.two-*', '12.twice-*'],
    seed: { calls: sendEveryHeader },
  },
];
