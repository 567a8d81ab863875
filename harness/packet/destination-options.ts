//  +-------------+------------+-----------------------+
//  | next header |   length   |  options ...          |   RFC 8200 §4.6, next header 60
//  +-------------+------------+-----------------------+

import {
  decodeOptionsHeader,
  encodeOptionsHeader,
  type OptionsHeader,
  type OptionsHeaderFields,
} from './options';

export type DestinationOptionsHeader = OptionsHeader;

export type DestinationOptionsFields = OptionsHeaderFields;

export function encodeDestinationOptions(fields: DestinationOptionsFields): Buffer {
  return encodeOptionsHeader(fields);
}

export function decodeDestinationOptions(bytes: Buffer, offset = 0): DestinationOptionsHeader {
  return decodeOptionsHeader('destination options header', bytes, offset);
}
