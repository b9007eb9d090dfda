import { expect, test } from 'vitest';
import { formatCount, formatMilliseconds, formatMoney, formatRate, formatSeconds, formatTarget } from './numbers.ts';

test.each([
  [0, ''],
  [0.01, '<0.1/s'],
  [0.5, '0.5/s'],
  [9.94, '9.9/s'],
  [20.2, '20/s'],
  [999.4, '999/s'],
  [1002, '1.0k/s'],
  [12_340, '12.3k/s'],
])('%d requests a second', (perSecond, text) => {
  expect(formatRate(perSecond)).toBe(text);
});

test.each([
  [2.04, '2.0 s'],
  [12.1, '13 s'],
  [61, '1 min 1 s'],
  [119.6, '2 min 0 s'],
])('%d seconds', (seconds, text) => {
  expect(formatSeconds(seconds).replaceAll('\u00a0', ' ')).toBe(text);
});

test('counts, shares, times and money', () => {
  expect(formatCount(3790)).toBe('3,790');
  expect(formatTarget(5, 100)).toBe('5');
  expect(formatTarget(1, 3)).toBe('33.33');
  expect(formatMilliseconds(0.694)).toBe('0.7 ms');
  expect(formatMilliseconds(1234.5)).toBe('1,235 ms');
  expect(formatMoney(16.43, 'USD')).toBe('$16.43');
  expect(formatMoney(164.3, 'USD')).toBe('$164');
});
