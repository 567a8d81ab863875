import { SyscallError } from '../../errors';
import { decodeControl, int, readInt } from '../../socket/control';
import type { Option, OptionName } from '../../socket/options';
import type { OutgoingMessage, System, SystemCalls } from '../../socket/system-calls';
import { altered, numberOf } from '../objects';

/** Every raw IPv6 socket starts with this option set. */
export const startingWith =
  (option: Option, value: number) =>
  ({ calls }: System): Partial<SystemCalls> => ({
    socket: (kind) => {
      const socket = calls.socket(kind);
      if (kind.type === 'raw' && kind.family === 'inet6') calls.setOption(socket, option, int(value));
      return socket;
    },
  });

/** Setting the option, or specifying it as ancillary data, is taken and does nothing, for values that `which` picks. */
export const ignoring =
  (option: OptionName, which: (value: number) => boolean) =>
  (system: System): Partial<SystemCalls> => ({
    setOption: (socket, named, value, length) => {
      if (named !== option || value === undefined || !which(readInt(value)))
        system.calls.setOption(socket, named, value, length);
    },
    sendMessage: (socket, message) =>
      system.calls.sendMessage(
        socket,
        altered(system, message, (objects) =>
          objects.filter(({ type, data }) => type !== numberOf(system, option) || !which(readInt(data))),
        ),
      ),
  });

export function refusesFragments(system: System, socket: number, message: OutgoingMessage): boolean {
  const own = decodeControl(system.control, message.control ?? Buffer.alloc(0)).find(
    ({ type }) => type === numberOf(system, 'dont-fragment'),
  );
  return readInt(own?.data ?? system.calls.getOption(socket, 'dont-fragment', 4)) !== 0;
}

export const mute = (code: string, action: () => number): number => {
  try {
    return action();
  } catch (error) {
    if (error instanceof SyscallError && error.code === code) return 0;
    throw error;
  }
};
