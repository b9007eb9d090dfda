import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProtobufDecoder } from '../../apimachinery/protobuf/decode-protobuf.ts';
import { type MessageFields, messageFields } from '../../apimachinery/protobuf/message-fields.ts';
import { encodeBody, encodeMessage } from '../../apimachinery/protobuf/testing/encode-protobuf.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import type { Field, ScalarType, StructType, Type } from '../../apimachinery/schema/types.ts';
import { formatTimestamp } from '../../apimachinery/timestamp.ts';
import { SCHEMA_JSON } from '../schema.generated.ts';
import { PROTOBUF_FIELDS } from './index.ts';

const schema = createSchema(() => SCHEMA_JSON);
const decode = createProtobufDecoder(schema, PROTOBUF_FIELDS);
const kinds = schema.kinds
  .map((key) => key.split(' ') as [string, string])
  .filter(([apiVersion]) => !/^api(extensions|registration)\.k8s\.io/.test(apiVersion));

function typeOf([apiVersion, kind]: readonly [string, string]): StructType {
  const type = schema.kind(apiVersion, kind);
  if (type === undefined) throw new Error(`${apiVersion} ${kind}`);
  return type;
}

function structsBelow(type: Type, seen: Set<StructType>): void {
  if (type.kind === 'list') structsBelow(type.items, seen);
  if (type.kind === 'map') structsBelow(type.values, seen);
  if (type.kind !== 'struct' || seen.has(type)) return;
  seen.add(type);
  for (const field of type.fields.values()) structsBelow(field.type, seen);
}

function flat(fields: MessageFields): { field: Field; pointer: boolean }[] {
  return [...fields.values()].flatMap((found) => (found.kind === 'field' ? [found] : flat(found.members)));
}

/** Values of which none is the zero value, except where `pointer` allows it. */
function scalars({ scalar }: ScalarType, pointer: boolean): fc.Arbitrary<unknown> {
  const zero = pointer ? 0 : 1;
  switch (scalar) {
    case 'string':
      return fc.string({ minLength: zero, unit: 'grapheme' });
    case 'bool':
      return pointer ? fc.boolean() : fc.constant(true);
    case 'int32':
      return fc.integer().filter((value) => pointer || value !== 0);
    case 'int64':
      return fc.maxSafeInteger().filter((value) => pointer || value !== 0);
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true, min: 0.5 });
    case 'bytes':
      return fc.uint8Array({ minLength: 1, maxLength: 9 }).map((bytes) => btoa(String.fromCharCode(...bytes)));
    case 'time':
      return fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }).map((second) => formatTimestamp(second * 1000));
    case 'microTime':
      return fc
        .tuple(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: 0, max: 999_999 }))
        .map(([s, us]) => formatTimestamp(s * 1000).replace('Z', `.${String(us).padStart(6, '0')}Z`));
    case 'intOrString':
      return fc.oneof(fc.integer({ min: zero }), fc.string({ minLength: zero }));
    case 'quantity':
      return fc.constantFrom('100m', '1Gi', '0');
    case 'any':
      return fc.constantFrom({ a: [1, 'b'] }, { 'f:metadata': {} });
  }
}

function values(type: Type, pointer: boolean, depth: number): fc.Arbitrary<unknown> {
  if (type.kind === 'scalar') return scalars(type, pointer);
  if (type.kind === 'list') return fc.array(values(type.items, true, depth), { minLength: 1, maxLength: 2 });
  if (type.kind === 'map')
    return fc.dictionary(fc.string(), values(type.values, true, depth), {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    });
  return objects(type, depth + 1);
}

function objects(type: StructType, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  if (depth > 8) return fc.constant({});
  const fields = flat(messageFields(type, PROTOBUF_FIELDS) ?? new Map());
  const chosen = fc.shuffledSubarray(fields, { maxLength: Math.min(fields.length, 4) });
  return chosen.chain((some) =>
    fc.record(Object.fromEntries(some.map(({ field, pointer }) => [field.name, values(field.type, pointer, depth)]))),
  );
}

describe('the numbers of the fields', () => {
  it('cover every field of every type but apiVersion and kind, which travel beside the message', () => {
    const structs = new Set<StructType>();
    for (const kind of kinds) structsBelow(typeOf(kind), structs);
    expect(structs.size).toBeGreaterThan(350);
    const bare = [...structs].flatMap((type) => {
      const named = new Set(flat(messageFields(type, PROTOBUF_FIELDS) ?? new Map()).map(({ field }) => field.name));
      return [...type.fields.keys()]
        .filter((name) => !named.has(name) && !/^(apiVersion|kind)$/.test(name))
        .map((name) => `${type.name}.${name}`);
    });
    expect(bare).toEqual([]);
    expect(Object.keys(PROTOBUF_FIELDS).sort()).toEqual([...structs].map(({ name }) => name).sort());
  });

  it('bring back every object that was written with them', () => {
    const object = fc.constantFrom(...kinds).chain((kind) => objects(typeOf(kind)).map((value) => ({ kind, value })));
    fc.assert(
      fc.property(object, ({ kind: [apiVersion, kind], value }) => {
        const raw = encodeMessage(typeOf([apiVersion, kind]), value, PROTOBUF_FIELDS);
        expect(decode(encodeBody(apiVersion, kind, raw))).toEqual({
          apiVersion,
          kind,
          object: { apiVersion, kind, ...value },
        });
      }),
      { numRuns: 300 },
    );
  });

  it('random messages of every kind decode or are refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 80 }), ([apiVersion, kind], raw) => {
        try {
          decode(encodeBody(apiVersion, kind, raw));
        } catch (error) {
          expect((error as Error).name).toBe('ProtobufError');
        }
      }),
      { numRuns: 500 },
    );
  });
});
