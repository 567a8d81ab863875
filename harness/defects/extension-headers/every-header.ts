import { encodePacket } from '../../packet/packet';
import { decodeControl } from '../../socket/control';
import type { Option, OptionName } from '../../socket/options';
import type { OutgoingMessage, SocketAddress, System, SystemCalls } from '../../socket/system-calls';

/** A raw socket of this protocol sends packets with the IPv6 header that the program wrote (raw(7)). */
const WITH_HEADER = 255;
const ICMPV6 = 58;

const NEXT_HEADERS: Partial<Record<OptionName, number>> = {
  'hop-by-hop-options': 0,
  'routing-header': 43,
  'destination-options': 60,
  'routing-header-destination-options': 60,
};

interface Header {
  readonly option: OptionName;
  readonly data: Buffer;
}

/** A message whose headers contain two of a kind is sent around the kernel, with all of them. */
export function sendEveryHeader(system: System): Partial<SystemCalls> {
  const { calls } = system;
  const sticky = new Map<number, Header[]>();
  const around = new Map<number, number>();
  return {
    socket: (kind) => {
      const socket = calls.socket(kind);
      sticky.set(socket, []);
      // Only here the calling thread is where sockets belong to the host.
      if (kind.protocol === ICMPV6)
        around.set(socket, calls.socket({ family: 'inet6', type: 'raw', protocol: WITH_HEADER }));
      return socket;
    },
    close: (socket) => {
      calls.close(socket);
      const companion = around.get(socket);
      if (companion !== undefined) calls.close(companion);
      around.delete(socket);
    },
    setOption: (socket, option: Option, value, length) => {
      calls.setOption(socket, option, value, length);
      if (typeof option === 'string' && option in NEXT_HEADERS && value !== undefined && length !== 0)
        sticky.get(socket)?.push({ option, data: value });
    },
    sendMessage: (socket, message) => {
      const headers = [...(sticky.get(socket) ?? []), ...headersOf(system, message)];
      const twice = headers.some(
        ({ option }, index) => headers.findIndex((other) => other.option === option) !== index,
      );
      const companion = around.get(socket);
      if (!twice || message.to === undefined || companion === undefined)
        return calls.sendMessage(socket, message);
      return sendAround(calls, companion, headers, message, message.to);
    },
  };
}

function headersOf(system: System, message: OutgoingMessage): Header[] {
  const objects = decodeControl(system.control, message.control ?? Buffer.alloc(0));
  return objects.flatMap(({ type, data }) => {
    const option = (Object.keys(NEXT_HEADERS) as OptionName[]).find((name) => {
      const place = system.options[name];
      return !('absent' in place) && place.name === type;
    });
    return option === undefined || data.length === 0 ? [] : [{ option, data }];
  });
}

function sendAround(
  calls: SystemCalls,
  socket: number,
  headers: readonly Header[],
  { parts }: OutgoingMessage,
  to: SocketAddress,
): number {
  const numbers = [...headers.map(({ option }) => NEXT_HEADERS[option] ?? ICMPV6), ICMPV6];
  const chained = headers.map(({ data }, index) =>
    Buffer.concat([Buffer.of(numbers[index + 1] ?? ICMPV6), data.subarray(1)]),
  );
  calls.connect(socket, to);
  const packet = encodePacket({
    source: calls.localAddress(socket).address,
    destination: to.address,
    nextHeader: numbers[0] ?? ICMPV6,
    payload: Buffer.concat([...chained, ...parts]),
  });
  return calls.send(socket, packet, []);
}
