import { expect, test } from 'vitest';
import type { Box } from './box.ts';
import { neighbour } from './map-keys.ts';

const box = (id: string, column: Box['column'], x: number, y: number): Box => ({
  id,
  subject: { kind: 'client' },
  column,
  x,
  y,
  width: 50,
  height: 20,
});
const BOXES = [
  box('client', 'client', 0, 50),
  box('node-1', 'node', 100, 0),
  box('node-2', 'node', 100, 50),
  box('node-3', 'node', 100, 100),
  box('pod', 'pods', 300, 95),
];
const from = (id: string): Box => BOXES.find((one) => one.id === id)!;

test('arrows walk along the pipeline, over empty columns, to the box that is most level', () => {
  expect(neighbour(BOXES, from('client'), 'right')?.id).toBe('node-2');
  expect(neighbour(BOXES, from('node-2'), 'right')?.id).toBe('pod');
  expect(neighbour(BOXES, from('pod'), 'left')?.id).toBe('node-3');
});

test('up and down stay in the column, and the ends are ends', () => {
  expect(neighbour(BOXES, from('node-2'), 'up')?.id).toBe('node-1');
  expect(neighbour(BOXES, from('node-2'), 'down')?.id).toBe('node-3');
  expect(neighbour(BOXES, from('node-1'), 'up')).toBeUndefined();
  expect(neighbour(BOXES, from('client'), 'left')).toBeUndefined();
});
