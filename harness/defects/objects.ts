import { SyscallError } from '../errors';
import { decodeControl, encodeControl, readInt, type ControlObject } from '../socket/control';
import { OPTION_NAMES, type Option, type OptionName } from '../socket/options';
import type { OutgoingMessage, System } from '../socket/system-calls';
import type { Seed } from './defect';

/** An ancillary data object with the name of its option, where it has one. */
export interface NamedObject extends ControlObject {
  readonly option: OptionName | undefined;
}

type Change = (objects: readonly NamedObject[]) => readonly ControlObject[];

/** A system that changes the objects of a send on their way to the kernel. */
export function sending(change: Change): Seed {
  return {
    calls: (system) => ({
      sendMessage: (socket, message) =>
        system.calls.sendMessage(socket, {
          ...message,
          control:
            message.control === undefined || message.control.length === 0
              ? message.control
              : encodeControl(system.control, change(objectsOf(system, message.control))),
        }),
    }),
  };
}

/** A system that changes the objects of a message on their way to the program. */
export function receiving(change: Change): Seed {
  return {
    calls: (system) => ({
      receiveMessage: (socket, room, flags) => {
        const incoming = system.calls.receiveMessage(socket, room, flags);
        if (incoming === undefined) return undefined;
        const objects = change(objectsOf(system, incoming.control));
        return { ...incoming, control: encodeControl(system.control, objects) };
      },
    }),
  };
}

/** A system that answers setsockopt otherwise for some options: `false` leaves a call to the kernel. */
export function setting(answer: (option: Option, value: Buffer | undefined) => boolean): Seed {
  return {
    calls: ({ calls }) => ({
      setOption: (socket, option, value, length) => {
        if (!answer(option, value)) calls.setOption(socket, option, value, length);
      },
    }),
  };
}

/** Every object of this kind with other data. */
export function withData(option: OptionName, data: (before: Buffer) => Buffer): Change {
  return (objects) =>
    objects.map((object) => (object.option === option ? { ...object, data: data(object.data) } : object));
}

export function objectsOf(system: System, control: Buffer): NamedObject[] {
  return decodeControl(system.control, control).map((object) => ({
    ...object,
    option: OPTION_NAMES.find((name) => {
      const place = system.options[name];
      return !('absent' in place) && place.level === object.level && place.name === object.type;
    }),
  }));
}

/** The integer of an object or option; 0 where it is too short for one. */
export function integerOf(data: Buffer | undefined): number {
  return data === undefined || data.length < 4 ? 0 : readInt(data);
}

/** A system call that fails. */
export function fail(call: string, code: string): never {
  throw new SyscallError(call, code, -1, `do what ${call} was to do`, 'a seeded defect');
}

/** The number of an option; -1 where the system has none. */
export function numberOf({ options }: System, option: OptionName): number {
  const place = options[option];
  return 'absent' in place ? -1 : place.name;
}

/** A message with other ancillary data than the program's. */
export function altered(
  system: System,
  message: OutgoingMessage,
  change: (objects: ControlObject[]) => ControlObject[],
): OutgoingMessage {
  const objects = decodeControl(system.control, message.control ?? Buffer.alloc(0));
  return { ...message, control: encodeControl(system.control, change(objects)) };
}
