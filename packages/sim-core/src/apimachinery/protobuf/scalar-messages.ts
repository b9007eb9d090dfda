import { formatTimestamp } from '../timestamp.ts';
import { ProtobufError } from './protobuf-error.ts';
import { WIRE, WireReader } from './wire-reader.ts';

/** 0001-01-01 and 10000-01-01 in seconds since 1970: the years that Go writes as JSON. */
const FIRST_SECOND = -62_135_596_800;
const AFTER_LAST_SECOND = 253_402_300_800;

/** Text as Go keeps it; what is no UTF-8 becomes U+FFFD, as encoding/json writes it. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Calls back for every field of a message; a callback that does not take the value returns false, and it is skipped. */
export function eachField(
  message: string,
  bytes: Uint8Array,
  take: (number: number, wireType: number, reader: WireReader) => boolean,
): void {
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const { number, wireType } = reader.tag(message);
    if (!take(number, wireType, reader)) reader.skip(wireType);
  }
}

/** @throws ProtobufError unless a field has the wire type that its Go type asks for */
export function expectWireType(wireType: number, expected: number, field: string): void {
  if (wireType === expected) return;
  const goName = field.charAt(0).toUpperCase() + field.slice(1);
  throw new ProtobufError(`proto: wrong wireType = ${wireType} for field ${goName}`);
}

/**
 * metav1.Time and metav1.MicroTime: seconds 1, nanos 2. Undefined for the zero time, whose message is empty. Time keeps
 * whole seconds only (meta/v1/time_proto.go).
 */
export function decodeTime(bytes: Uint8Array, micro: boolean): string | undefined {
  if (bytes.length === 0) return undefined;
  let seconds = 0;
  let nanos = 0;
  eachField('Timestamp', bytes, (number, wireType, reader) => {
    if (number > 2) return false;
    expectWireType(wireType, WIRE.varint, number === 1 ? 'seconds' : 'nanos');
    if (number === 1) seconds = reader.int64();
    else nanos = reader.int32();
    return true;
  });
  const carried = seconds + Math.floor(nanos / 1e9);
  if (!(carried >= FIRST_SECOND && carried < AFTER_LAST_SECOND)) {
    throw new ProtobufError('Time.MarshalJSON: year outside of range [0,9999]');
  }
  if (!micro) return formatTimestamp(seconds * 1000);
  const micros = Math.floor((nanos - Math.floor(nanos / 1e9) * 1e9) / 1000);
  return formatTimestamp(carried * 1000).replace('Z', `.${String(micros).padStart(6, '0')}Z`);
}

/** intstr.IntOrString: type 1 (0 a number, 1 a text), intVal 2, strVal 3. */
export function decodeIntOrString(bytes: Uint8Array): number | string {
  const value = { type: 0, int: 0, text: '' };
  eachField('IntOrString', bytes, (number, wireType, reader) => {
    if (number > 3) return false;
    expectWireType(wireType, number === 3 ? WIRE.bytes : WIRE.varint, ['type', 'intVal', 'strVal'][number - 1] ?? '');
    if (number === 1) value.type = reader.int64();
    else if (number === 2) value.int = reader.int32();
    else value.text = decodeText(reader.bytes());
    return true;
  });
  return value.type === 1 ? value.text : value.int;
}

/** resource.Quantity: string 1. */
export function decodeQuantity(bytes: Uint8Array): string {
  let text = '0';
  eachField('Quantity', bytes, (number, wireType, reader) => {
    if (number !== 1) return false;
    expectWireType(wireType, WIRE.bytes, 'string');
    text = decodeText(reader.bytes());
    return true;
  });
  return text;
}

/** runtime.RawExtension and metav1.FieldsV1: JSON text as bytes in field 1; undefined when there is none. */
export function decodeRaw(bytes: Uint8Array): unknown {
  let raw: Uint8Array | undefined;
  eachField('RawExtension', bytes, (number, wireType, reader) => {
    if (number !== 1) return false;
    expectWireType(wireType, WIRE.bytes, 'raw');
    raw = reader.bytes();
    return true;
  });
  if (raw === undefined || raw.length === 0) return undefined;
  try {
    return JSON.parse(decodeText(raw)) as unknown;
  } catch (error) {
    throw new ProtobufError(`json: error calling MarshalJSON for type runtime.RawExtension: ${String(error)}`);
  }
}
