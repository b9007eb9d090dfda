import { expect, test } from 'vitest';
import { status } from '../testing/objects.ts';
import { clusterNow, secondsUntil } from './cluster-clock.ts';

test('cluster time goes on from the last status, with its speed', () => {
  const reading = { status: status({ now: 1000, speed: 4 }), receivedAt: 50 };
  expect(clusterNow(reading, 50)).toBe(1000);
  expect(clusterNow(reading, 550)).toBe(3000);
  expect(secondsUntil(5000, reading, 550)).toBe(2);
});

test('a paused cluster stands still, and what is over is never negative', () => {
  const reading = { status: status({ now: 1000, paused: true }), receivedAt: 0 };
  expect(clusterNow(reading, 60_000)).toBe(1000);
  expect(secondsUntil(500, reading, 60_000)).toBe(0);
});
