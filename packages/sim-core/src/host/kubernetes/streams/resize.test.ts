import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resizeReader } from './resize.ts';

function sizesOf(...pieces: readonly string[]): [number, number][] {
  const sizes: [number, number][] = [];
  const read = resizeReader((columns, rows) => sizes.push([columns, rows]));
  for (const piece of pieces) read(Buffer.from(piece));
  return sizes;
}

test('sizes come in any pieces', () => {
  const text = '{"Width":80,"Height":24}\n{"Width":101,"Height":33}{"Height":5,"Width":7}';
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(text.length), (a, b) => {
      const [first, second] = [Math.min(a, b), Math.max(a, b)];
      const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
      expect(sizesOf(...pieces)).toEqual([
        [80, 24],
        [101, 33],
        [7, 5],
      ]);
    }),
  );
});

test('names are read in any case, as Go does it', () => {
  expect(sizesOf('{"width":1,"HEIGHT":2}{"Width":3}')).toEqual([
    [1, 2],
    [3, 0],
  ]);
});

test.each([
  'nonsense}',
  '{"Width":-1,"Height":2}',
  '{"Width":70000,"Height":2}',
  '{"Width":"1"}',
  'null}',
  'x'.repeat(5000),
])('nothing is read after what is no size: %.30s', (text) => {
  expect(sizesOf('{"Width":1,"Height":2}', text, '{"Width":3,"Height":4}')).toEqual([[1, 2]]);
});
