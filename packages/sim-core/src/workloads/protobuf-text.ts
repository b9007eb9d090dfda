/*
 * As much of protobuf as simulated gRPC services need: messages of strings and small numbers (protobuf.dev, Encoding).
 */

const TEXT = 2;

/** A field of bytes or text. */
export function textField(number: number, value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return join([varint((number << 3) | TEXT), varint(bytes.length), bytes]);
}

/** A field of a whole number. */
export function numberField(number: number, value: number): Uint8Array {
  return join([varint(number << 3), varint(value)]);
}

/** Pieces of a message, one behind the other. */
export function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** Fields of a message by their number, the last one where one stands twice; what cannot be read ends it. */
export function readFields(message: Uint8Array): ReadonlyMap<number, string | number> {
  const fields = new Map<number, string | number>();
  for (let at = 0; at < message.length; ) {
    const tag = readVarint(message, at);
    const value = readVarint(message, tag.end);
    const isText = (tag.value & 7) === TEXT;
    if ((!isText && (tag.value & 7) !== 0) || value.end > message.length) return fields;
    at = isText ? value.end + value.value : value.end;
    fields.set(tag.value >> 3, isText ? new TextDecoder().decode(message.subarray(value.end, at)) : value.value);
  }
  return fields;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Uint8Array.from(bytes);
  }
}

function readVarint(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  let end = from;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[end++];
    if (byte === undefined) break;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, end };
  }
  return { value, end: bytes.length + 1 };
}
