import { expect, test } from 'vitest';
import { pod } from '../testing/objects.ts';
import { blockCells, cellRoom } from './block-cells.ts';

const pods = (ready: number, waiting: number) =>
  Array.from({ length: ready + waiting }, (_, i) => pod({ app: 'web', suffix: String(i), isReady: i < ready }));

test('one cell for each pod while there is room', () => {
  expect(blockCells(pods(20, 2), 45)).toHaveLength(22);
});

test('ten thousand pods fit, and the one that is not ready is still seen', () => {
  const cells = blockCells(pods(9999, 1), 45);
  expect(cells.length).toBeLessThanOrEqual(45);
  expect(cells.filter((tone) => tone === 'pending')).toHaveLength(1);
});

test('the room follows from the box', () => {
  expect(cellRoom({ width: 102, height: 67 }, 12)).toBe(36);
  expect(cellRoom({ width: 5, height: 5 }, 12)).toBe(1);
});
