import { expect, test } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { DotField, MOST_DOTS, SHAPE } from './dot-field.ts';
import { DotShare, nextScale } from './dot-scale.ts';
import { TRACK_STEPS } from './edge-shape.ts';

const track = (from: number, to: number): Float32Array =>
  Float32Array.from({ length: 2 * (TRACK_STEPS + 1) }, (_, i) =>
    i % 2 === 0 ? from + ((to - from) * (i / 2)) / TRACK_STEPS : 10,
  );
const MAIN = 1;
const CANARY = 2;
const WAYS = new Map([
  [MAIN, { tracks: [track(0, 100), track(100, 200)], canary: false }],
  [CANARY, { tracks: [track(0, 100), track(100, 200)], canary: true }],
]);

function field(): DotField {
  const dots = new DotField(seededRandom(3));
  dots.setWays(WAYS);
  dots.step(0);
  return dots;
}

test('at a low rate every request is a dot: a circle, or a square for the canary', () => {
  const dots = field();
  dots.count(
    [
      { flow: MAIN, count: 2, errors: 0 },
      { flow: CANARY, count: 1, errors: 0 },
    ],
    0,
  );
  dots.step(100);
  dots.step(200);
  const shapes: number[] = [];
  dots.visit((_x, _y, shape) => void shapes.push(shape));
  expect(shapes.sort()).toEqual([SHAPE.circle, SHAPE.circle, SHAPE.square]);
});

test('a dot takes the same time for every hop and is gone behind the last', () => {
  const dots = field();
  dots.count([{ flow: MAIN, count: 1, errors: 0 }], 0);
  const seen: number[] = [];
  for (let now = 50; now <= 2000; now += 50) {
    dots.step(now);
    dots.visit((x) => void seen.push(x));
  }
  expect(Math.max(...seen)).toBeGreaterThan(185);
  expect(seen.every((x, i) => i === 0 || x >= seen[i - 1]!)).toBe(true);
  expect(dots.alive).toBe(0);
});

test('an error is never sampled away: one in ten thousand is a diamond', () => {
  const dots = field();
  for (let i = 0; i < 20; i++) dots.count([{ flow: MAIN, count: 200, errors: 0 }], i * 10);
  expect(dots.requestsPerDot).toBeGreaterThan(1);
  dots.count([{ flow: MAIN, count: 1, errors: 1 }], 200);
  dots.step(300);
  dots.step(400);
  let diamonds = 0;
  dots.visit((_x, _y, shape) => {
    if (shape === SHAPE.diamond) diamonds += 1;
  });
  expect(diamonds).toBe(1);
});

test('an error on a way that is drawn only later is not lost either', () => {
  const dots = new DotField(seededRandom(3));
  dots.step(0);
  dots.count([{ flow: MAIN, count: 1, errors: 1 }], 10);
  expect(dots.alive).toBe(0);
  dots.setWays(WAYS);
  expect(dots.alive).toBe(1);
});

test('never more than two hundred, whatever comes', () => {
  const dots = field();
  for (let now = 0; now < 5000; now += 100) {
    dots.count(
      [
        { flow: MAIN, count: 2000, errors: 40 },
        { flow: CANARY, count: 100, errors: 0 },
      ],
      now,
    );
    dots.step(now + 100);
  }
  expect(dots.alive).toBeGreaterThan(50);
  expect(dots.alive).toBeLessThanOrEqual(MOST_DOTS);
});

test('while nobody steps the field, in a frozen view or a hidden tab, nothing sets off', () => {
  const dots = field();
  dots.count([{ flow: MAIN, count: 5, errors: 0 }], 5000);
  expect(dots.alive).toBe(0);
});

test('behind a freeze the dots go on where they were', () => {
  const dots = field();
  dots.count([{ flow: MAIN, count: 1, errors: 0 }], 0);
  dots.step(100);
  dots.step(60_000);
  let x = 0;
  dots.visit((at) => {
    x = at;
  });
  expect(dots.alive).toBe(1);
  expect(x).toBeLessThan(40);
});

test('a click finds the nearest dot, and an error before one that is a little nearer', () => {
  const dots = field();
  dots.count([{ flow: MAIN, count: 2, errors: 1 }], 0);
  dots.step(100);
  dots.step(200);
  expect(dots.nearest(20, 10, 30)?.shape).toBe(SHAPE.diamond);
  expect(dots.nearest(500, 10, 30)).toBeUndefined();
});

test('the scale gets coarser at once and finer after three seconds', () => {
  expect(nextScale({ requests: 1 }, 1000, 0)).toEqual({ requests: 50 });
  const waiting = nextScale({ requests: 50 }, 20, 1000);
  expect(waiting).toEqual({ requests: 50, tooCoarseSince: 1000 });
  expect(nextScale(waiting, 20, 3999)).toEqual(waiting);
  expect(nextScale(waiting, 20, 4000)).toEqual({ requests: 1 });
});

test('the dots are as many as the requests they stand for, in each class, and never one too many or too few', () => {
  const random = seededRandom(11);
  for (const count of [1, 7, 95]) {
    const share = new DotShare(random());
    let dots = 0;
    for (let i = 1; i <= 4000; i++) {
      dots += share.take(count, 20);
      expect(Math.abs(dots - (i * count) / 20)).toBeLessThanOrEqual(1);
    }
  }
});

test('of ways that nobody takes again the first request has its chance of a dot, too', () => {
  const random = seededRandom(12);
  let dots = 0;
  for (let i = 0; i < 40_000; i++) dots += new DotShare(random()).take(1, 20);
  expect(Math.abs((dots * 20) / 40_000 - 1)).toBeLessThan(0.15);
});
