import { expect, test } from 'vitest';
import { type Shape, strangeness } from './shape.ts';

const SHAPE: Shape = {
  fields: {
    id: 'text',
    count: 'number',
    on: 'flag',
    rest: 'anything',
    list: { listOf: 'number' },
    map: { mapOf: { fields: { a: 'text' } } },
    either: { oneOf: ['text', { fields: { absent: 'flag' } }] },
    host: { nullOr: 'text' },
    needs: { fields: { a: 'text', b: 'text' }, required: ['a'] },
  },
};

test('what the shape knows is not strange', () => {
  const value = { id: '', count: 1, on: true, rest: [{}], list: [1], map: { x: { a: '' } }, either: 'a', host: null };
  expect(strangeness(value, SHAPE)).toEqual([]);
  expect(strangeness({ either: { absent: true }, host: 'h' }, SHAPE)).toEqual([]);
});

test.each([
  [{ cookies: 1 }, 'cookies: unknown field'],
  [{ constructor: 1 }, 'constructor: unknown field'],
  [{ id: 1 }, 'id: expected a string'],
  [{ count: '1' }, 'count: expected a number'],
  [{ on: 'yes' }, 'on: expected a boolean'],
  [{ list: {} }, 'list: expected a list'],
  [{ list: [1, '2'] }, 'list[1]: expected a number'],
  [{ map: { x: { b: '' } } }, 'map.x.b: unknown field'],
  [{ either: { matches: 'a' } }, 'either.matches: unknown field'],
  [{ host: 1 }, 'host: expected a string'],
  [{ needs: { b: '' } }, 'needs.a: missing'],
  [[], ': expected a mapping'],
])('%j', (value, strange) => {
  expect(strangeness(value, SHAPE)).toEqual([strange]);
});
