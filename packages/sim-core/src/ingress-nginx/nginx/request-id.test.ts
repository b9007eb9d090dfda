import { expect, test } from 'vitest';
import { Random } from '../../sim/random.ts';
import { requestId } from './request-id.ts';

test('32 hexadecimal digits; the same stream gives the same ids, all of them different', () => {
  const ids = (seed: number) => {
    const stream = new Random(seed).fork('request-ids');
    return Array.from({ length: 10_000 }, () => requestId(stream));
  };
  const first = ids(1);
  expect(first.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  expect(new Set(first).size).toBe(first.length);
  expect(ids(1)).toEqual(first);
  expect(ids(2)).not.toEqual(first);
});

test('every digit takes every value at every place', () => {
  const stream = new Random('digits').fork('request-ids');
  const seen = Array.from({ length: 32 }, () => new Set<string>());
  for (let i = 0; i < 2000; i++) for (const [place, digit] of [...requestId(stream)].entries()) seen[place]?.add(digit);
  expect(seen.map(({ size }) => size)).toEqual(Array(32).fill(16));
});
