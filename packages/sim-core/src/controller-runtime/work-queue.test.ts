import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { WorkQueue } from './work-queue.ts';

function start() {
  const clock = new VirtualClock(0);
  const queue = new WorkQueue(clock);
  const takeAll = () => {
    const keys: string[] = [];
    for (let key = queue.take(); key !== undefined; key = queue.take()) keys.push(key);
    return keys;
  };
  return { clock, queue, takeAll };
}

test('holds each key once, in the order in which they first came', () => {
  const { queue, takeAll } = start();
  for (const key of ['b', 'a', 'b', 'c', 'a']) queue.add(key);
  expect([queue.length, queue.peek()]).toEqual([3, 'b']);
  expect(takeAll()).toEqual(['b', 'a', 'c']);
  queue.add('b');
  expect(takeAll()).toEqual(['b']);
  expect(queue.take()).toBeUndefined();
});

describe('back-off', () => {
  test('5 ms, doubling with every failure up to 1000 s; a success starts it over', () => {
    const { clock, queue, takeAll } = start();
    const waits: number[] = [];
    for (let failure = 0; failure < 20; failure++) {
      const failedAt = clock.now();
      queue.addRateLimited('a');
      while (queue.length === 0) clock.advanceTo(clock.nextTimerAt() ?? Number.NaN);
      waits.push(clock.now() - failedAt);
      takeAll();
    }
    const doubling = Array.from({ length: 18 }, (_, i) => 5 * 2 ** i);
    expect(waits).toEqual([...doubling, 1_000_000, 1_000_000]);
    expect(queue.retrying).toBe(1);
    queue.forget('a');
    expect(queue.retrying).toBe(0);
    queue.addRateLimited('a');
    expect((clock.nextTimerAt() ?? 0) - clock.now()).toBe(5);
  });

  test('one key waits, others do not', () => {
    const { clock, queue, takeAll } = start();
    queue.addRateLimited('a');
    queue.add('b');
    expect(takeAll()).toEqual(['b']);
    clock.advanceTo(5);
    expect(takeAll()).toEqual(['a']);
  });
});

describe('appointments', () => {
  test('the earliest stands, and each comes once', () => {
    const { clock, queue, takeAll } = start();
    queue.addAfter('a', 100);
    queue.addAfter('a', 50);
    queue.addAfter('a', 70);
    clock.advanceTo(49);
    expect(takeAll()).toEqual([]);
    clock.advanceTo(1000);
    expect(takeAll()).toEqual(['a']);
    queue.addAfter('a', 0);
    expect(takeAll()).toEqual([]);
    clock.advanceTo(1000);
    expect(takeAll()).toEqual(['a']);
  });

  test('every key comes at its earliest moment, whatever was asked in whatever order', () => {
    const asked = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), wait: fc.integer({ min: 1, max: 50 }) }));
    fc.assert(
      fc.property(asked, (appointments) => {
        const { clock, queue, takeAll } = start();
        const earliest = new Map<string, number>();
        for (const { key, wait } of appointments) {
          queue.addAfter(key, wait);
          earliest.set(key, Math.min(wait, earliest.get(key) ?? Number.POSITIVE_INFINITY));
        }
        const came = new Map<string, number>();
        for (let at = 1; at <= 60; at++) {
          clock.advanceTo(at);
          for (const key of takeAll()) came.set(key, at);
        }
        expect(came).toEqual(earliest);
      }),
    );
  });

  test('a queue that was stopped drops what it has and takes no more', () => {
    const { clock, queue } = start();
    queue.add('a');
    queue.addAfter('b', 10);
    queue.addRateLimited('c');
    queue.stop();
    queue.add('d');
    queue.addAfter('e', 10);
    clock.advanceTo(100);
    expect([queue.length, queue.retrying, clock.nextTimerAt()]).toEqual([0, 0, undefined]);
  });
});
