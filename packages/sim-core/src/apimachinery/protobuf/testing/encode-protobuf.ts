import type { StructType, Type } from '../../schema/types.ts';
import { parseTimestamp } from '../../timestamp.ts';
import { type MessageFields, messageFields, type ProtobufFields } from '../message-fields.ts';
import { WIRE } from '../wire-reader.ts';

type Json = Readonly<Record<string, unknown>>;

/** An unsigned or two's complement varint. */
export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

/** A tag and its value, where that is text or bytes. */
export function delimited(number: number, bytes: Iterable<number>): number[] {
  const content = [...bytes];
  return [...varint(number * 8 + WIRE.bytes), ...varint(content.length), ...content];
}

/** A tag and an integer. */
export function integer(number: number, value: number): number[] {
  return [...varint(number * 8 + WIRE.varint), ...varint(value)];
}

/** Text as bytes. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A request body as client-go writes it. */
export function encodeBody(apiVersion: string, kind: string, raw: Iterable<number>): Uint8Array {
  const typeMeta = [...delimited(1, utf8(apiVersion)), ...delimited(2, utf8(kind))];
  const rest = [...delimited(3, []), ...delimited(4, [])];
  return Uint8Array.from([0x6b, 0x38, 0x73, 0, ...delimited(1, typeMeta), ...delimited(2, raw), ...rest]);
}

/** An object as the message of its type; what the table has no number for is left out. */
export function encodeMessage(type: StructType, object: Json, table: ProtobufFields): number[] {
  const fields = messageFields(type, table);
  if (fields === undefined) throw new Error(`no numbers for ${type.name}`);
  return encodeFields(fields, object, table);
}

function encodeFields(fields: MessageFields, object: Json, table: ProtobufFields): number[] {
  return [...fields].flatMap(([number, found]) => {
    if (found.kind === 'embedded') return delimited(number, encodeFields(found.members, object, table));
    const value = object[found.field.name];
    return value === undefined ? [] : encodeValue(number, found.field.type, value, table);
  });
}

function encodeValue(number: number, type: Type, value: unknown, table: ProtobufFields): number[] {
  if (type.kind === 'list') return (value as unknown[]).flatMap((item) => encodeValue(number, type.items, item, table));
  if (type.kind === 'struct') return delimited(number, encodeMessage(type, value as Json, table));
  if (type.kind === 'map') {
    return Object.entries(value as Json).flatMap(([key, member]) => {
      const wrapped =
        type.values.kind === 'list' ? delimited(2, encodeValue(1, type.values, member, table)) : undefined;
      return delimited(number, [
        ...delimited(1, utf8(key)),
        ...(wrapped ?? encodeValue(2, type.values, member, table)),
      ]);
    });
  }
  switch (type.scalar) {
    case 'bool':
    case 'int32':
    case 'int64':
      return integer(number, Number(value));
    case 'double':
      return [...varint(number * 8 + WIRE.fixed64), ...new Uint8Array(Float64Array.of(Number(value)).buffer)];
    case 'bytes':
      return delimited(
        number,
        [...atob(String(value))].map((char) => char.charCodeAt(0)),
      );
    case 'time':
    case 'microTime':
      return delimited(number, encodeTime(String(value)));
    case 'intOrString':
      return delimited(number, encodeIntOrString(value));
    case 'any':
      return delimited(number, delimited(1, utf8(JSON.stringify(value))));
    case 'quantity':
      return delimited(number, delimited(1, utf8(String(value))));
    case 'string':
      return delimited(number, utf8(String(value)));
  }
}

function encodeIntOrString(value: unknown): number[] {
  const isText = typeof value === 'string';
  return [
    ...integer(1, isText ? 1 : 0),
    ...integer(2, isText ? 0 : Number(value)),
    ...delimited(3, utf8(isText ? value : '')),
  ];
}

function encodeTime(text: string): number[] {
  const micros = Number(/\.(\d{6})Z$/.exec(text)?.[1] ?? 0);
  return [...integer(1, Math.floor(parseTimestamp(text.replace(/\.\d+/, '')) / 1000)), ...integer(2, micros * 1000)];
}
