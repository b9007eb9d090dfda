import { expect, test } from 'vitest';
import type { Box } from './box.ts';
import { edgeLine, edgeTrack, TRACK_STEPS } from './edge-shape.ts';

const box = (x: number, y: number): Box => ({
  id: `${x}`,
  subject: { kind: 'client' },
  column: 'client',
  x,
  y,
  width: 40,
  height: 20,
});

test('a track leads from the middle of one box to the middle of the next in equal steps', () => {
  const track = edgeTrack(box(0, 0), box(100, 80), 60);
  expect([track[0], track[1]]).toEqual([20, 10]);
  expect([track.at(-2), track.at(-1)]).toEqual([120, 90]);
  const steps = Array.from({ length: TRACK_STEPS }, (_, i) =>
    Math.hypot(track[2 * i + 2]! - track[2 * i]!, track[2 * i + 3]! - track[2 * i + 1]!),
  );
  expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.1);
});

test('an edge over several columns bends in the first gap and runs level from there', () => {
  const d = edgeLine(box(0, 0), box(400, 80), 60);
  expect(d).toMatch(/^M40 10C.* 100 90H400$/);
  const track = edgeTrack(box(0, 0), box(400, 80), 60);
  expect(track[2 * 12 + 1]).toBeCloseTo(90);
});
