import { expect, test } from 'vitest';
import { byArea } from './by-area.ts';

test('every difference stands once, under its area', () => {
  const all = ['redirect/b', 'path/z', 'redirect/a'].map((name) => {
    const [area = '', id = ''] = name.split('/');
    return { area, id, what: '', why: '', vectors: [] };
  });
  expect(byArea(all).map(([area, list]) => [area, list.map(({ id }) => id)])).toEqual([
    ['path', ['z']],
    ['redirect', ['a', 'b']],
  ]);
  expect(byArea([])).toEqual([]);
});
