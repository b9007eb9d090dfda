import { describe, expect, it } from 'vitest';
import { JsonPatchError, type JsonPatchOperation, jsonPatch } from './json-patch.ts';

const op = (name: string, path: string, rest: object = {}): JsonPatchOperation => ({ op: name, path, ...rest });

// The examples of RFC 6902, appendix A, and what the API server's library adds to them.
it.each<[string, unknown, JsonPatchOperation[], unknown]>([
  ['a member', { a: 1 }, [op('add', '/b', { value: 2 })], { a: 1, b: 2 }],
  ['an item', { a: [1, 3] }, [op('add', '/a/1', { value: 2 })], { a: [1, 2, 3] }],
  ['at the end', { a: [1] }, [op('add', '/a/-', { value: 2 }), op('add', '/a/2', { value: 3 })], { a: [1, 2, 3] }],
  ['nothing', { a: 1 }, [op('add', '/b')], { a: 1, b: null }],
  ['remove', { a: 1, b: [1, 2] }, [op('remove', '/a'), op('remove', '/b/0')], { b: [2] }],
  ['replace', { a: { b: [1] } }, [op('replace', '/a/b/0', { value: 2 })], { a: { b: [2] } }],
  ['move', { a: { b: 1 }, c: {} }, [op('move', '/c/d', { from: '/a/b' })], { a: {}, c: { d: 1 } }],
  ['copy', { a: { b: 1 } }, [op('copy', '/c', { from: '/a' })], { a: { b: 1 }, c: { b: 1 } }],
  [
    'test',
    { a: { b: [1, { c: 'x' }] } },
    [op('test', '/a', { value: { b: [1, { c: 'x' }] } })],
    { a: { b: [1, { c: 'x' }] } },
  ],
  ['test of what is not there', { a: 1 }, [op('test', '/b', { value: null })], { a: 1 }],
  ['escapes', { 'a/b': 1, 'm~n': 2 }, [op('remove', '/a~1b'), op('replace', '/m~0n', { value: 3 })], { 'm~n': 3 }],
  ['from the end', { a: [1, 2] }, [op('replace', '/a/-1', { value: 9 })], { a: [1, 9] }],
  ['without a first slash', { a: 1 }, [op('replace', 'x/a', { value: 2 })], { a: 2 }],
])('%s', (_name, document, operations, result) => {
  const before = JSON.stringify(document);
  expect(jsonPatch(document, operations)).toEqual(result);
  expect(JSON.stringify(document)).toBe(before);
});

describe('refuses', () => {
  it.each<[JsonPatchOperation]>([
    [op('remove', '/nope')],
    [op('replace', '/nope', { value: 1 })],
    [op('add', '/nope/x', { value: 1 })],
    [op('add', '/list/5', { value: 1 })],
    [op('add', '/list/x', { value: 1 })],
    [op('remove', '/list/-')],
    [op('remove', '/list/-3')],
    [op('test', '/a', { value: 2 })],
    [op('copy', '/b', { from: '/nope' })],
    [op('move', '/b', { from: '/nope' })],
    [op('add', '', { value: {} })],
    [op('add', '/a/b', { value: 1 })],
    [op('wipe', '/a')],
  ])('%j', (operation) => {
    expect(() => jsonPatch({ a: 1, list: [1, 2] }, [operation])).toThrow(JsonPatchError);
  });

  it('copies that explode', () => {
    const bomb = Array.from({ length: 40 }, () => op('copy', '/a/-', { from: '/a' }));
    expect(() => jsonPatch({ a: ['x'] }, bomb)).toThrow('exceeding the limit');
  });
});

it('touches no prototype', () => {
  const result = jsonPatch({ a: {} }, [
    op('add', '/__proto__', { value: { polluted: 1 } }),
    op('add', '/a/__proto__', { value: { polluted: 1 } }),
    op('add', '/a/constructor', { value: 1 }),
  ]) as Record<string, unknown>;
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(result.polluted).toBeUndefined();
  expect(Object.keys(result)).toEqual(['a', '__proto__']);
  expect(() => jsonPatch({}, [op('add', '/constructor/prototype/polluted', { value: 1 })])).toThrow(JsonPatchError);
  expect(() => jsonPatch({}, [op('add', '/__proto__/polluted', { value: 1 })])).toThrow(JsonPatchError);
});
