import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFieldError } from '../field-error.ts';
import type { JsonSchema } from './json-schema.ts';
import { StructuralSchema } from './structural-schema.ts';

const spec = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): StructuralSchema =>
  new StructuralSchema({
    type: 'object',
    properties: { spec: { type: 'object', properties, ...more } },
  });
const said = (schema: StructuralSchema, value: unknown, old?: unknown) =>
  schema.validate({ spec: value }, old === undefined ? undefined : { spec: old }).map(formatFieldError);
const REST =
  '<nil>: Invalid value: "null": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

describe('one field', () => {
  test.each<[JsonSchema, unknown, string]>([
    [{ type: 'integer' }, 'x', 'spec.x: Invalid value: "string": spec.x in body must be of type integer: "string"'],
    [{ type: 'integer' }, 1.5, 'spec.x: Invalid value: "number": spec.x in body must be of type integer: "number"'],
    [{ type: 'string' }, { a: 1 }, 'spec.x: Invalid value: "object": spec.x in body must be of type string: "object"'],
    [{ type: 'string' }, null, 'spec.x: Invalid value: "null": spec.x in body must be of type string: "null"'],
    [
      { 'x-kubernetes-int-or-string': true },
      true,
      'spec.x: Invalid value: "boolean": spec.x in body must be of type integer,string: "boolean"',
    ],
    [{ type: 'string', enum: ['a', 'b'] }, 'x', 'spec.x: Unsupported value: "x": supported values: "a", "b"'],
    [{ type: 'string', maxLength: 5 }, 'abcdef', 'spec.x: Too long: may not be more than 5 bytes'],
    [
      { type: 'array', items: { type: 'string' }, maxItems: 2 },
      ['a', 'b', 'c'],
      'spec.x: Too many: 3: must have at most 2 items',
    ],
  ])('%j', (schema, value, message) => {
    expect(said(spec({ x: schema }), { x: value })).toEqual([message, REST]);
  });

  test.each<[JsonSchema, unknown, string]>([
    [
      { type: 'string', minLength: 2 },
      'ä',
      'spec.x: Invalid value: "ä": spec.x in body should be at least 2 chars long',
    ],
    [{ type: 'string', pattern: '^a+$' }, 'b', 'spec.x: Invalid value: "b": spec.x in body should match \'^a+$\''],
    [
      { type: 'integer', minimum: 1 },
      0,
      'spec.x: Invalid value: 0: spec.x in body should be greater than or equal to 1',
    ],
    [
      { type: 'number', maximum: 1, exclusiveMaximum: true },
      1,
      'spec.x: Invalid value: 1: spec.x in body should be less than 1',
    ],
    [{ type: 'integer', multipleOf: 5 }, 7, 'spec.x: Invalid value: 7: spec.x in body should be a multiple of 5'],
    [
      { type: 'array', items: { type: 'string' }, minItems: 1 },
      [],
      'spec.x: Invalid value: 0: spec.x in body should have at least 1 items',
    ],
    [
      { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      ['a', 'a', 'a'],
      'spec.x[1]: Duplicate value: "a"',
    ],
    [
      { oneOf: [{ required: ['a'] }, { required: ['b'] }], type: 'object', properties: { a: {}, b: {} } },
      { a: 1, b: 2 },
      '<nil>: Invalid value: "": "spec.x" must validate one and only one schema (oneOf). Found 2 valid alternatives',
    ],
    [
      { type: 'integer', not: { minimum: 5 } },
      7,
      '<nil>: Invalid value: "": "spec.x" must not validate the schema (not)',
    ],
  ])('%j', (schema, value, message) => {
    expect(said(spec({ x: schema }), { x: value })).toEqual([message]);
  });

  test('formats', () => {
    const schema = spec({ x: { type: 'string', format: 'date-time' } });
    expect(said(schema, { x: '2026-01-01T00:00:00Z' })).toEqual([]);
    expect(said(schema, { x: '2026-02-30T00:00:00Z' })[0]).toBe(
      'spec.x: Invalid value: "2026-02-30T00:00:00Z": spec.x in body must be of type date-time: "2026-02-30T00:00:00Z"',
    );
    expect(said(spec({ x: { type: 'string', format: 'made-up' } }), { x: 'y' })).toEqual([]);
  });

  test('null where it may be', () => {
    expect(said(spec({ x: { type: 'string', nullable: true } }), { x: null })).toEqual([]);
  });
});

test('what is missing is named', () => {
  expect(said(spec({ a: { type: 'string' } }, { required: ['a'] }), {})).toEqual(['spec.a: Required value', REST]);
});

test('of several schemas the nearest is told of', () => {
  const schema = spec({ x: { type: 'integer', anyOf: [{ minimum: 10 }, { maximum: 0 }] } });
  expect(said(schema, { x: 5 })).toEqual([
    '<nil>: Invalid value: "": "spec.x" must validate at least one schema (anyOf)',
    'spec.x: Invalid value: 5: spec.x in body should be greater than or equal to 10',
  ]);
});

describe('lists that are maps', () => {
  const schema = spec({
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', properties: { name: { type: 'string' }, port: { type: 'integer', minimum: 1 } } },
    },
  });

  test('items that are there twice', () => {
    expect(
      said(schema, {
        ports: [
          { name: 'a', port: 1 },
          { name: 'a', port: 2 },
        ],
      }),
    ).toEqual(['spec.ports[1]: Duplicate value: map[string]interface {}{"name":"a"}']);
  });

  test('what was wrong before is not held against an update, wherever it stands now', () => {
    const old = {
      ports: [
        { name: 'a', port: 0 },
        { name: 'b', port: 1 },
      ],
    };
    const next = {
      ports: [
        { name: 'b', port: -1 },
        { name: 'a', port: 0 },
      ],
    };
    expect(said(schema, next, old)).toEqual([
      'spec.ports[0].port: Invalid value: -1: spec.ports[0].port in body should be greater than or equal to 1',
    ]);
  });
});

describe('rules', () => {
  const ruled = (...rules: NonNullable<JsonSchema['x-kubernetes-validations']>) =>
    spec({ a: { type: 'integer' }, b: { type: 'integer' } }, { 'x-kubernetes-validations': rules });

  test('say what is wrong', () => {
    expect(said(ruled({ rule: 'self.a < self.b' }), { a: 2, b: 1 })).toEqual([
      'spec: Invalid value: "object": failed rule: self.a < self.b',
    ]);
    expect(said(ruled({ rule: 'self.a < self.b', message: 'a first', fieldPath: '.a' }), { a: 2, b: 1 })).toEqual([
      'spec.a: Invalid value: "object": a first',
    ]);
    const expression = { rule: 'self.a < 1', message: 'no', messageExpression: '"a is " + string(self.a)' };
    expect(said(ruled(expression), { a: 2 })).toEqual(['spec: Invalid value: "object": a is 2']);
    expect(said(ruled({ rule: 'has(self.b)', message: 'b!', reason: 'FieldValueRequired' }), {})).toEqual([
      'spec: Required value: b!',
    ]);
  });

  test('fail where a field is not there', () => {
    expect(said(ruled({ rule: 'self.a < self.b' }), { a: 2 })).toEqual([
      'spec: Invalid value: "object": no such key: b evaluating rule: self.a < self.b',
    ]);
  });

  test('about changes see both', () => {
    const schema = ruled({ rule: 'self.a == oldSelf.a', message: 'a is immutable' });
    expect(said(schema, { a: 1 })).toEqual([]);
    expect(said(schema, { a: 2 }, { a: 1 })).toEqual(['spec: Invalid value: "object": a is immutable']);
    expect(said(schema, { a: 1, b: 2 }, { a: 1 })).toEqual([]);
  });

  test('that cannot be evaluated here are taken as kept', () => {
    expect(said(ruled({ rule: 'quantity(self.a) > quantity("1")' }), { a: 1 })).toEqual([]);
  });
});

describe('pruning and defaults', () => {
  const schema = new StructuralSchema({
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        default: {},
        properties: {
          replicas: { type: 'integer', default: 1 },
          open: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
            properties: { known: { type: 'object' } },
          },
          map: {
            type: 'object',
            additionalProperties: { type: 'object', properties: { a: { type: 'string', default: 'x' } } },
          },
          list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
        },
      },
    },
  });
  const head = { apiVersion: 'a/v1', kind: 'K', metadata: { name: 'x' } };

  test('what nobody named goes, and is told of in order', () => {
    const sent = {
      ...head,
      zzz: 1,
      spec: { foo: 1, open: { any: { thing: 1 }, known: { no: 1 } }, map: { k: { a: 'a', b: 1 } }, list: [{ b: 1 }] },
    };
    const { value, unknown } = schema.prune(sent);
    expect(value).toEqual({
      ...head,
      spec: { open: { any: { thing: 1 }, known: {} }, map: { k: { a: 'a' } }, list: [{}] },
    });
    expect(unknown.map((path) => path.join('.'))).toEqual([
      'spec.foo',
      'spec.list.0.b',
      'spec.map.k.b',
      'spec.open.known.no',
      'zzz',
    ]);
  });

  test('what is missing is filled in, from the outside to the inside', () => {
    expect(schema.withDefaults(head)).toEqual({ ...head, spec: { replicas: 1 } });
    const given = { ...head, spec: { replicas: null, map: { k: {} } } };
    expect(schema.withDefaults(given)).toEqual({ ...head, spec: { replicas: 1, map: { k: { a: 'x' } } } });
  });

  test('both settle at once, whatever the object', () => {
    // What JSON has; NaN is no value of it.
    const values = [fc.boolean(), fc.integer(), fc.double({ noNaN: true }), fc.string(), fc.constant(null)];
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('spec', 'replicas', 'open', 'map', 'list', 'a'), values }),
        (object) => {
          const once = schema.withDefaults(schema.prune(object).value);
          expect(schema.prune(once)).toEqual({ value: once, unknown: [] });
          expect(schema.withDefaults(once)).toBe(once);
          expect(() => schema.validate(once)).not.toThrow();
        },
      ),
    );
  });
});

test('patterns that are made to take ages do not', () => {
  const schema = spec({ x: { type: 'string', pattern: '^(a+)+$' } });
  expect(said(schema, { x: `${'a'.repeat(5000)}!` })).toHaveLength(1);
});
