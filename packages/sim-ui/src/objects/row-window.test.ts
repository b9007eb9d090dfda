import { expect, test } from 'vitest';
import { ROW_HEIGHT, rowWindow, scrollTopFor } from './row-window.ts';

test.each([
  [10_000, 0, 260, 0, 18],
  [10_000, 5000 * ROW_HEIGHT, 260, 4992, 5018],
  [10_000, 9_999 * ROW_HEIGHT, 260, 9_991, 10_000],
  [3, 9_999, 260, 0, 3],
  [0, 0, 260, 0, 0],
])('of %d rows, scrolled by %d, %d high: %d to %d are drawn', (count, top, height, from, to) => {
  expect(rowWindow(count, top, height)).toEqual({ from, to });
});

test('a table scrolls no further than a row needs', () => {
  expect(scrollTopFor(5, 0, 260)).toBe(0);
  expect(scrollTopFor(10, 0, 260)).toBe(ROW_HEIGHT);
  expect(scrollTopFor(2, 100, 260)).toBe(2 * ROW_HEIGHT);
});
