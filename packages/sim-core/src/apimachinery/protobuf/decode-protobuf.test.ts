import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../schema/schema.ts';
import { createProtobufDecoder } from './decode-protobuf.ts';
import { ProtobufError } from './protobuf-error.ts';
import { delimited, encodeBody, integer, utf8, varint } from './testing/encode-protobuf.ts';

const schema = createSchema(() =>
  JSON.stringify({
    kinds: { 'x/v1 Box': 'Box', 'x/v1 Unnumbered': 'Inner', 'v1 DeleteOptions': 'DeleteOptions' },
    types: {
      Box: {
        apiVersion: 'string',
        kind: 'string',
        name: 'string',
        size: 'int32',
        replicas: 'int32',
        big: 'int64',
        on: 'bool',
        paused: 'bool',
        path: 'string',
        port: 'intOrString',
        made: 'time',
        renewed: 'microTime',
        data: '{}bytes',
        limits: '{}quantity',
        groups: '{}[]string',
        ids: '[]int64',
        box: 'Box',
        raw: 'any',
      },
      Inner: { name: 'string' },
      DeleteOptions: { gracePeriodSeconds: 'int64' },
    },
  }),
);
const decode = createProtobufDecoder(schema, {
  Box: 'name=1 size=2 replicas=3? big=4 on=5 paused=6? path=7.1 port=8 made=9 renewed=10 data=11 limits=12 groups=13 ids=14 box=15 raw=16',
  DeleteOptions: 'gracePeriodSeconds=1?',
});

function box(...parts: readonly (readonly number[])[]): Record<string, unknown> {
  const { apiVersion, kind, ...object } = decode(encodeBody('x/v1', 'Box', parts.flat())).object;
  expect({ apiVersion, kind }).toEqual({ apiVersion: 'x/v1', kind: 'Box' });
  return object;
}

function refusal(bytes: Iterable<number>): string {
  try {
    decode(Uint8Array.from(bytes));
  } catch (error) {
    expect(error).toBeInstanceOf(ProtobufError);
    return (error as ProtobufError).message;
  }
  return 'decoded';
}

const inBox = (...bytes: readonly number[]) => refusal(encodeBody('x/v1', 'Box', bytes));
const text = (number: number, value: string) => delimited(number, utf8(value));

describe('values', () => {
  it('zero values count only where Go has a pointer', () => {
    expect(box(text(1, ''), integer(2, 0), integer(3, 0), integer(4, 0), integer(5, 0), integer(6, 0))).toEqual({
      replicas: 0,
      paused: false,
    });
    expect(box(delimited(8, [...integer(1, 0), ...integer(2, 0), ...text(3, '')]), delimited(9, []))).toEqual({});
  });

  it('integers', () => {
    expect(box(integer(2, -1), integer(4, -5), integer(3, 2 ** 31 - 1))).toEqual({
      size: -1,
      big: -5,
      replicas: 2147483647,
    });
    expect(box(integer(4, 2 ** 53 - 1))).toEqual({ big: 2 ** 53 - 1 });
    expect(box(integer(14, 7), delimited(14, [...varint(1), ...varint(300)]))).toEqual({ ids: [7, 1, 300] });
  });

  it('embedded structs lie in the outer object', () => expect(box(delimited(7, text(1, '/')))).toEqual({ path: '/' }));

  it('messages that JSON writes as a scalar', () => {
    expect(box(delimited(8, [...integer(1, 1), ...text(3, 'http')]))).toEqual({ port: 'http' });
    expect(box(delimited(8, integer(2, 80)))).toEqual({ port: 80 });
    expect(box(delimited(9, [...integer(1, 1767225600), ...integer(2, 5)]))).toEqual({ made: '2026-01-01T00:00:00Z' });
    expect(box(delimited(9, integer(1, 0)))).toEqual({ made: '1970-01-01T00:00:00Z' });
    expect(box(delimited(10, [...integer(1, -1), ...integer(2, 250_000_000)]))).toEqual({
      renewed: '1969-12-31T23:59:59.250000Z',
    });
    expect(box(delimited(16, text(1, '{"a":[1]}')))).toEqual({ raw: { a: [1] } });
  });

  it('maps, whatever their keys', () => {
    const entry = (key: string, value: readonly number[]) => [...text(1, key), ...value];
    const { data, limits, groups } = box(
      delimited(11, entry('__proto__', delimited(2, [0, 255]))),
      delimited(11, entry('a', [])),
      delimited(12, entry('cpu', delimited(2, text(1, '100m')))),
      delimited(13, entry('scopes', delimited(2, [...text(1, 'a'), ...text(1, 'b')]))),
    );
    expect(Object.entries(data as object)).toEqual([
      ['__proto__', 'AP8='],
      ['a', ''],
    ]);
    expect({ limits, groups }).toEqual({ limits: { cpu: '100m' }, groups: { scopes: ['a', 'b'] } });
  });

  it('a message that comes in two pieces is one', () => {
    expect(box(delimited(15, text(1, 'a')), delimited(15, integer(2, 3)))).toEqual({ box: { name: 'a', size: 3 } });
  });

  it('leaves out what it does not know', () => {
    const group = [...varint(99 * 8 + 3), ...integer(1, 5), ...text(2, 'x'), ...varint(99 * 8 + 4)];
    const fixed = [...varint(98 * 8 + 1), 1, 2, 3, 4, 5, 6, 7, 8, ...varint(97 * 8 + 5), 1, 2, 3, 4];
    expect(box(group, fixed, text(96, 'x'), text(1, 'n'))).toEqual({ name: 'n' });
  });
});

describe('kinds', () => {
  it('an endpoint stands in for what the body leaves out', () => {
    const expected = { apiVersion: 'x/v1', kind: 'Box' };
    expect(decode(encodeBody('', '', text(1, 'n')), expected).object).toEqual({ ...expected, name: 'n' });
  });

  it('DeleteOptions belong to every version', () => {
    expect(decode(encodeBody('apps/v1', 'DeleteOptions', integer(1, 0))).object).toEqual({
      apiVersion: 'apps/v1',
      kind: 'DeleteOptions',
      gracePeriodSeconds: 0,
    });
  });

  it.each([
    [[], 'empty data'],
    [utf8('{"kind":"Pod"}'), 'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]'],
    [utf8('k8s\0'), 'empty body'],
    [encodeBody('v1', '', []), `Object 'Kind' is missing in 'runtime.TypeMeta{APIVersion:"v1", Kind:""}'`],
    [encodeBody('', 'Pod', []), `Object 'apiVersion' is missing in 'runtime.TypeMeta{APIVersion:"", Kind:"Pod"}'`],
    [
      encodeBody('x/v1', 'Foo', []),
      'no kind "Foo" is registered for version "x/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      encodeBody('x/v1', 'Unnumbered', []),
      'no kind "Unnumbered" is registered for version "x/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
  ])('refuses %#', (bytes, message) => expect(refusal(bytes)).toBe(message));
});

describe('malformed bodies', () => {
  it.each<[string, readonly number[], string]>([
    ['a truncated text', [10, 5, 65], 'unexpected EOF'],
    ['a truncated varint', [16, 0x80], 'unexpected EOF'],
    ['an endless varint', [16, ...Array<number>(11).fill(0x80)], 'proto: integer overflow'],
    ['a length below zero', [10, ...varint(-1)], 'proto: negative length found during unmarshaling'],
    ['a length beyond the body', [10, ...varint(2 ** 50)], 'unexpected EOF'],
    ['another wire type', integer(1, 3), 'proto: wrong wireType = 0 for field Name'],
    ['text for a number', text(2, 'x'), 'proto: wrong wireType = 2 for field Size'],
    ['the number 0', [0, 0], 'proto: Box: illegal tag 0 (wire type 0)'],
    ['an end without a start', [12], 'proto: Box: wiretype end group for non-group'],
    ['wire type 7', varint(99 * 8 + 7), 'proto: illegal wireType 7'],
    ['an open group', varint(99 * 8 + 3), 'unexpected EOF'],
    ['a year beyond 9999', delimited(9, integer(1, 2 ** 50)), 'Time.MarshalJSON: year outside of range [0,9999]'],
  ])('%s', (_, bytes, message) => expect(inBox(...bytes)).toBe(message));

  it('nesting ends before the stack does', () => {
    let bytes: number[] = [];
    for (let depth = 0; depth < 200; depth++) bytes = delimited(15, bytes);
    expect(inBox(...bytes)).toBe('proto: exceeded max depth');
    expect(inBox(...Array<number>(50_000).fill(0xfb), 0x01)).toBe('proto: integer overflow');
  });

  it('random bytes decode or are refused, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, framed) => {
        const body = framed ? encodeBody('x/v1', 'Box', bytes) : Uint8Array.from([0x6b, 0x38, 0x73, 0, ...bytes]);
        expect(typeof refusal(body)).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });
});
