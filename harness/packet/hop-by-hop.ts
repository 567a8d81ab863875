//  +-------------+------------+-----------------------+
//  | next header |   length   |  options ...          |   RFC 8200 §4.3, next header 0
//  +-------------+------------+-----------------------+

import {
  decodeOptionsHeader,
  encodeOptionsHeader,
  type OptionsHeader,
  type OptionsHeaderFields,
} from './options';

export type HopByHopHeader = OptionsHeader;

export type HopByHopFields = OptionsHeaderFields;

export function encodeHopByHop(fields: HopByHopFields): Buffer {
  return encodeOptionsHeader(fields);
}

export function decodeHopByHop(bytes: Buffer, offset = 0): HopByHopHeader {
  return decodeOptionsHeader('hop-by-hop options header', bytes, offset);
}
