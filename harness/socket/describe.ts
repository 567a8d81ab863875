import type { Option } from './options';
import type { OutgoingMessage, SocketKind } from './system-calls';

/** What a system call was about, in the words of its error. */

export function describeSocket(kind: SocketKind): string {
  if (kind.family === 'inet6' && kind.type === 'raw' && kind.protocol === 58) return 'raw ICMPv6 socket';
  return `${kind.type} socket of family ${kind.family} and protocol ${String(kind.protocol)}`;
}

export function describeMessage(message: OutgoingMessage): string {
  const length = message.parts.reduce((total, part) => total + part.length, 0);
  return message.to === undefined ? inBytes(length) : `${inBytes(length)} to ${message.to.address}`;
}

export function describeOption(option: Option): string {
  return typeof option === 'string'
    ? `the option ${option}`
    : `the option ${String(option.name)} of level ${String(option.level)}`;
}

export function inBytes(count: number): string {
  return count === 1 ? '1 byte' : `${String(count)} bytes`;
}
