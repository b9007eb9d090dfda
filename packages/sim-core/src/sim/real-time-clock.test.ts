import { describe, expect, test } from 'vitest';
import { RealTimeClock } from './real-time-clock.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A wall clock that stands still until it is told to go: 10:00:00.400. */
const TEN = Date.UTC(2026, 0, 1, 10);

function start() {
  const wall = new VirtualClock(TEN + 400);
  let settled = 0;
  const clock = new RealTimeClock(() => settled++, wall);
  const fired: string[] = [];
  return {
    clock,
    fired,
    get settled() {
      return settled;
    },
    /** Cluster time since the start, milliseconds. */
    elapsed: () => clock.now() - TEN,
    pass: (milliseconds: number) => wall.advanceTo(wall.now() + milliseconds),
    at: (milliseconds: number, name: string) =>
      clock.after(milliseconds, () => fired.push(`${name} ${clock.now() - TEN}`)),
  };
}

test('starts at the whole second and follows the wall clock', () => {
  const { elapsed, pass, clock } = start();
  expect(elapsed()).toBe(0);
  pass(1500);
  expect(elapsed()).toBe(1500);
  expect(clock.requestNow()).toBe(TEN + 1900);
});

test('timers run when they are due, at their own moment, and settle once an instant', () => {
  const world = start();
  world.at(1000, 'b');
  world.at(500, 'a');
  world.at(1000, 'c');
  world.pass(499);
  expect(world.fired).toEqual([]);
  world.pass(1000);
  expect(world.fired).toEqual(['a 500', 'b 1000', 'c 1000']);
  expect(world.settled).toBe(2);
});

test('a period does not drift, and a late wake-up runs all that was due', () => {
  const { clock, pass } = start();
  const ticks: number[] = [];
  const tick = () => {
    ticks.push(clock.now() - TEN);
    clock.after(10_000, tick);
  };
  clock.after(10_000, tick);
  pass(60_000);
  expect(ticks).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
});

test('a timer that is taken back never runs', () => {
  const { at, pass, fired } = start();
  at(100, 'a')();
  at(200, 'b');
  pass(1000);
  expect(fired).toEqual(['b 200']);
});

describe('speed', () => {
  test('scales cluster time from that moment on, not request time', () => {
    const { clock, elapsed, pass, at, fired } = start();
    const asked: number[] = [];
    clock.afterRequest(1000, () => asked.push(clock.requestNow() - TEN));
    pass(500);
    clock.setSpeed(10);
    expect(elapsed()).toBe(500);
    at(1000, 'a');
    pass(99);
    expect(fired).toEqual([]);
    pass(1);
    expect([fired, elapsed(), asked]).toEqual([['a 1500'], 1500, []]);
    pass(400);
    expect([elapsed(), asked]).toEqual([5500, [1400]]);
    clock.setSpeed(0.5);
    pass(1000);
    expect(elapsed()).toBe(6000);
  });

  test('a timer that waits comes sooner when time goes faster', () => {
    const { clock, pass, at, fired } = start();
    at(60_000, 'a');
    clock.setSpeed(60);
    pass(1000);
    expect(fired).toEqual(['a 60000']);
  });
});

describe('pause', () => {
  test('stops cluster time and its timers; requests go on', () => {
    const { clock, elapsed, pass, at, fired } = start();
    const asked: string[] = [];
    at(1000, 'a');
    pass(400);
    clock.setPaused(true);
    clock.afterRequest(50, () => asked.push('answered'));
    pass(10_000);
    expect([elapsed(), fired, asked]).toEqual([400, [], ['answered']]);
    at(100, 'b');
    clock.setPaused(false);
    pass(100);
    expect([elapsed(), fired]).toEqual([500, ['b 500']]);
    pass(500);
    expect(fired).toEqual(['b 500', 'a 1000']);
  });

  test('skips forward all the same', () => {
    const { clock, elapsed, at, fired } = start();
    at(30_000, 'a');
    clock.setPaused(true);
    clock.skip(30_000);
    expect([clock.paused, elapsed(), fired]).toEqual([true, 30_000, ['a 30000']]);
  });
});

test('skip runs everything on the way, in order, and goes on from there', () => {
  const { clock, elapsed, pass, at, fired } = start();
  at(1000, 'a');
  at(5000, 'b');
  at(6000, 'c');
  pass(500);
  clock.skip(5000);
  expect([elapsed(), fired]).toEqual([5500, ['a 1000', 'b 5000']]);
  pass(500);
  expect(fired.at(-1)).toBe('c 6000');
});

test('a clock that was stopped wakes up no more', () => {
  const { clock, pass, at, fired } = start();
  at(1000, 'a');
  clock.stop();
  pass(5000);
  at(100, 'b');
  pass(5000);
  expect(fired).toEqual([]);
});

test('time goes on after a timer that fails', () => {
  const { clock, fired, pass, at } = start();
  clock.after(1000, () => {
    throw new Error('a controller failed');
  });
  at(2000, 'later');
  expect(() => pass(1000)).toThrow('a controller failed');
  pass(1000);
  expect(fired).toEqual(['later 2000']);
});
