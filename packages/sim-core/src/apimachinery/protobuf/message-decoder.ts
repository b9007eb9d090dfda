import type { Field, ListType, MapType, ScalarType, StructType, Type } from '../schema/types.ts';
import { encodeBase64 } from './base64.ts';
import { type MessageFields, messageFields, type ProtobufFields } from './message-fields.ts';
import { ProtobufError } from './protobuf-error.ts';
import {
  decodeIntOrString,
  decodeQuantity,
  decodeRaw,
  decodeText,
  decodeTime,
  eachField,
  expectWireType,
} from './scalar-messages.ts';
import { WIRE, WireReader } from './wire-reader.ts';

/** Deeper than any type of ours; only types that contain themselves come near. */
const MAX_DEPTH = 100;

type Json = Record<string, unknown>;

/** Decodes messages of the types of a schema into the objects that JSON would have given. */
export class MessageDecoder {
  readonly #table: ProtobufFields;
  readonly #known = new Map<StructType, MessageFields | undefined>();

  constructor(table: ProtobufFields) {
    this.#table = table;
  }

  /** Whether the table has the numbers of this type. */
  knows(type: StructType): boolean {
    return this.#fieldsOf(type) !== undefined;
  }

  /** @throws ProtobufError */
  decode(type: StructType, bytes: Uint8Array, into: Json = {}, depth = 0): Json {
    const fields = this.#fieldsOf(type);
    if (fields === undefined) throw new ProtobufError(`proto: no field numbers are known for ${type.goName}`);
    if (depth > MAX_DEPTH) throw new ProtobufError('proto: exceeded max depth');
    this.#message(type.goName, fields, bytes, into, depth);
    return into;
  }

  #fieldsOf(type: StructType): MessageFields | undefined {
    if (!this.#known.has(type)) this.#known.set(type, messageFields(type, this.#table));
    return this.#known.get(type);
  }

  #message(name: string, fields: MessageFields, bytes: Uint8Array, into: Json, depth: number): void {
    eachField(name, bytes, (number, wireType, reader) => {
      const found = fields.get(number);
      if (found === undefined) return false;
      if (found.kind === 'field') this.#field(found.field, found.pointer, wireType, reader, into, depth);
      else {
        expectWireType(wireType, WIRE.bytes, name);
        this.#message(name, found.members, reader.bytes(), into, depth + 1);
      }
      return true;
    });
  }

  #field(field: Field, pointer: boolean, wireType: number, reader: WireReader, into: Json, depth: number): void {
    const { name, type } = field;
    if (type.kind === 'list') return this.#list(name, type, wireType, reader, into, depth);
    if (type.kind === 'map') return this.#entry(name, type, wireType, reader, into, depth);
    const value = this.#value(name, type, wireType, reader, depth, into[name]);
    if (value === undefined || (!pointer && isZero(type, value))) delete into[name];
    else into[name] = value;
  }

  #list(name: string, { items }: ListType, wireType: number, reader: WireReader, into: Json, depth: number): void {
    into[name] ??= [];
    const list = into[name] as unknown[];
    if (wireType !== WIRE.bytes || items.kind !== 'scalar' || wireTypeOf(items) === WIRE.bytes) {
      list.push(this.#value(name, items, wireType, reader, depth) ?? null);
      return;
    }
    const packed = new WireReader(reader.bytes());
    while (!packed.done) list.push(this.#value(name, items, wireTypeOf(items), packed, depth));
  }

  /** One entry of a map: key 1, value 2. A list as value is a message of its own, with its items in field 1. */
  #entry(name: string, { values }: MapType, wireType: number, reader: WireReader, into: Json, depth: number): void {
    expectWireType(wireType, WIRE.bytes, name);
    let key = '';
    let value = zeroOf(values);
    eachField(name, reader.bytes(), (number, type, entry) => {
      if (number > 2) return false;
      if (number === 2) value = this.#mapValue(name, values, type, entry, depth) ?? value;
      else {
        expectWireType(type, WIRE.bytes, name);
        key = decodeText(entry.bytes());
      }
      return true;
    });
    into[name] ??= {};
    Object.defineProperty(into[name], key, { value, enumerable: true, configurable: true, writable: true });
  }

  #mapValue(name: string, type: Type, wireType: number, reader: WireReader, depth: number): unknown {
    if (type.kind !== 'list') return this.#value(name, type, wireType, reader, depth);
    expectWireType(wireType, WIRE.bytes, name);
    const wrapped: Json = { items: [] };
    eachField(name, reader.bytes(), (number, inner, items) => {
      if (number !== 1) return false;
      this.#list('items', type, inner, items, wrapped, depth + 1);
      return true;
    });
    return wrapped.items;
  }

  #value(name: string, type: Type, wireType: number, reader: WireReader, depth: number, old?: unknown): unknown {
    if (type.kind === 'scalar') {
      expectWireType(wireType, wireTypeOf(type), name);
      return scalarValue(type, reader);
    }
    expectWireType(wireType, WIRE.bytes, name);
    if (type.kind !== 'struct') throw new ProtobufError(`proto: field ${name} cannot be repeated here`);
    return this.decode(type, reader.bytes(), { ...(old as Json | undefined) }, depth + 1);
  }
}

function wireTypeOf({ scalar }: ScalarType): number {
  if (scalar === 'double') return WIRE.fixed64;
  return scalar === 'bool' || scalar === 'int32' || scalar === 'int64' ? WIRE.varint : WIRE.bytes;
}

function scalarValue({ scalar }: ScalarType, reader: WireReader): unknown {
  switch (scalar) {
    case 'string':
      return decodeText(reader.bytes());
    case 'bool':
      return reader.bool();
    case 'int32':
      return reader.int32();
    case 'int64':
      return reader.int64();
    case 'double':
      return reader.double();
    case 'bytes':
      return encodeBase64(reader.bytes());
    case 'time':
      return decodeTime(reader.bytes(), false);
    case 'microTime':
      return decodeTime(reader.bytes(), true);
    case 'intOrString':
      return decodeIntOrString(reader.bytes());
    case 'quantity':
      return decodeQuantity(reader.bytes());
    case 'any':
      return decodeRaw(reader.bytes());
  }
}

/** gogo-proto writes every field that is no pointer, so its zero value says nothing. */
function isZero(type: Type, value: unknown): boolean {
  return type.kind === 'scalar' && type.scalar !== 'any' && (value === '' || value === 0 || value === false);
}

/** What a map entry without a value holds. */
function zeroOf(type: Type): unknown {
  if (type.kind === 'list') return [];
  if (type.kind !== 'scalar') return {};
  if (type.scalar === 'quantity') return '0';
  return wireTypeOf(type) === WIRE.bytes ? '' : type.scalar === 'bool' ? false : 0;
}
