import { endianness } from 'node:os';
import type { ControlLayout } from './system-calls';

/** One ancillary data object as it stands in a control buffer (RFC 3542 §20.2): the header's numbers and its data. */
export interface ControlObject {
  readonly level: number;
  readonly type: number;
  readonly data: Buffer;
}

function align(layout: ControlLayout, length: number): number {
  return Math.ceil(length / layout.alignment) * layout.alignment;
}

/** CMSG_LEN (RFC 3542 §5.3): the header with its padding, and the data. */
export function controlLength(layout: ControlLayout, data: number): number {
  return align(layout, layout.header) + data;
}

/** CMSG_SPACE (RFC 3542 §5.2): the same with the padding that follows the data. */
export function controlSpace(layout: ControlLayout, data: number): number {
  return align(layout, layout.header) + align(layout, data);
}

/** A control buffer with these objects, each with its trailing padding. `length` of an object overrides its cmsg_len. */
export function encodeControl(
  layout: ControlLayout,
  objects: readonly (ControlObject & { readonly length?: number })[],
): Buffer {
  return Buffer.concat(
    objects.map((object) => {
      const bytes = Buffer.alloc(controlSpace(layout, object.data.length));
      const length = object.length ?? controlLength(layout, object.data.length);
      writeLength(layout, bytes, length);
      writeInt(bytes, object.level, layout.lengthField);
      writeInt(bytes, object.type, layout.lengthField + 4);
      object.data.copy(bytes, align(layout, layout.header));
      return bytes;
    }),
  );
}

/** The objects of a control buffer, as CMSG_FIRSTHDR and CMSG_NXTHDR walk it: a truncated last object keeps what is there. */
export function decodeControl(layout: ControlLayout, control: Buffer): ControlObject[] {
  const objects: ControlObject[] = [];
  let at = 0;
  while (at + layout.header <= control.length) {
    const length = readLength(layout, control, at);
    if (length < layout.header) break;
    objects.push({
      level: readInt(control, at + layout.lengthField),
      type: readInt(control, at + layout.lengthField + 4),
      data: Buffer.from(control.subarray(at + align(layout, layout.header), at + length)),
    });
    at += align(layout, length);
  }
  return objects;
}

/** A C `int` of this host. */
export function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  writeInt(bytes, value, 0);
  return bytes;
}

export function readInt(bytes: Buffer, offset = 0): number {
  return endianness() === 'LE' ? bytes.readInt32LE(offset) : bytes.readInt32BE(offset);
}

export function writeInt(bytes: Buffer, value: number, offset: number): void {
  if (endianness() === 'LE') bytes.writeInt32LE(value, offset);
  else bytes.writeInt32BE(value, offset);
}

function readLength(layout: ControlLayout, bytes: Buffer, offset: number): number {
  if (layout.lengthField === 4) return readInt(bytes, offset);
  return Number(endianness() === 'LE' ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset));
}

function writeLength(layout: ControlLayout, bytes: Buffer, length: number): void {
  if (layout.lengthField === 4) writeInt(bytes, length, 0);
  else if (endianness() === 'LE') bytes.writeBigUInt64LE(BigInt(length));
  else bytes.writeBigUInt64BE(BigInt(length));
}
